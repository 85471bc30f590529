internal import MailConfiguration
public import MailMIME

extension Gateway {
  /// The mail address at which the gateway takes messages for `number`, with its digits for `%n` and no `+`; nil for a gateway
  /// that is a command.
  public func mailAddress(of number: TelephoneNumber) -> String? {
    guard let pattern = configuration.address else { return nil }
    var result = ""
    var rest = pattern[...]
    while let percent = rest.firstIndex(of: "%") {
      result += rest[..<percent]
      rest = rest[rest.index(after: percent)...]
      switch rest.popFirst() {
      case "n": result += number.digits
      case let other?: result += other == "%" ? "%" : "%\(other)"
      case nil: result += "%"
      }
    }
    return result + rest
  }

  /// The mail to write to the gateway for `number`, with LF at the ends of its lines: the text of an SMS and nothing else, or
  /// the PDFs of a fax. It is a message of its own, with the Message-ID `messageID`.
  public func mail(
    _ content: GatewayContent, to number: TelephoneNumber, of message: Message, date: MailDate, messageID: String
  ) throws(GatewayError) -> [UInt8] {
    guard let address = mailAddress(of: number) else { throw .notConfigured(kind) }
    let envelope = Envelope(headerOf: message)
    let body: BodyPart
    switch content {
    case .sms(let text): body = .text(text.text + "\n")
    case .fax(let fax):
      let sheets = fax.sheets.map {
        BodyPart.attachment($0.bytes, type: ContentType("application", "pdf"), filename: $0.name)
      }
      body = .multipart("mixed", sheets)
    }
    var builder = MessageBuilder(body: body)
    builder.add("From", addresses: envelope.from.isEmpty ? envelope.sender : envelope.from)
    builder.add("To", addresses: [Address(address: address)])
    if kind == .fax { builder.add("Subject", text: envelope.subject) }
    builder.add(date: date)
    builder.add("Message-ID", messageIDs: [messageID])
    return builder.build()
  }
}
