internal import MailBytes
public import MailMIME

extension ReceiptRequest {
  /// The address of the user's that `message` came to: the first of `ownAddresses` among its recipients, else where it was
  /// delivered to, else the first of `ownAddresses`, else the first recipient. Nil when nothing is known.
  public static func recipient(of message: Message, ownAddresses: [String]) -> String? {
    let headers = message.headers
    let named = (headers.addresses("To") + headers.addresses("Cc")).map(\.address).filter { !$0.isEmpty }
    let own = Set(ownAddresses.map { $0.lowercased() })
    if let address = named.first(where: { own.contains($0.lowercased()) }) { return address }
    for name in ["Delivered-To", "X-Original-To", "X-Delivered-To"] {
      guard let address = headers.addresses(name).first?.address, address.utf8.contains(0x40) else { continue }
      if own.isEmpty || own.contains(address.lowercased()) { return address }
    }
    return ownAddresses.first ?? named.first
  }

  /// The receipt that says that `disposition` happened to `message`, as a message with LF at the ends of its lines. `from` is
  /// who answers, at the address that `message` came to. Of the message nothing goes back but its Message-ID and its subject.
  public func receipt(
    for message: Message, from: Address, disposition: DispositionNotification.Disposition, date: MailDate,
    messageID: String
  ) -> [UInt8] {
    let headers = message.headers
    var notification = DispositionNotification(
      finalRecipient: ReportAddress(from.address), disposition: disposition)
    notification.reportingUA = "Postbag"
    notification.originalRecipient = headers.text("Original-Recipient").flatMap { ReportAddress(parsing: $0) }
    notification.originalMessageID = headers.messageIDs("Message-ID").first
    let subject = headers.text("Subject").map { trimmed(clean($0)) } ?? ""
    var letter = ReportLetter(
      from: from, to: addresses.first ?? Address(address: ""), date: date, messageID: messageID,
      subject: subject.isEmpty ? "Receipt" : "Receipt: \(subject)",
      text: notification.explanation(subject: subject, date: headers.date()))
    letter.others = Array(addresses.dropFirst())
    return notification.build(letter, original: message.bytes, returning: .nothing)
  }
}

extension ReceiptRequest.Doubt {
  /// The doubt in words.
  public var explanation: String {
    switch self {
    case .noReturnPath: "the message does not tell who sent it (it has no Return-Path)"
    case .otherReturnPath: "the receipt would go to another address than the message came from"
    case .severalAddresses: "the receipt would go to several addresses"
    case .notAddressed: "none of your addresses is among the recipients"
    case .list: "the message came over a mailing list"
    case .bulk: "the message was sent to many, or by a program"
    case .junk: "the message lies in Junk"
    }
  }
}

extension ReceiptRequest.Obstacle {
  /// The obstacle in words.
  public var explanation: String {
    switch self {
    case .isReport: "the message is a report itself"
    case .badAddress: "it asks for a receipt to something that is no address"
    case .unknownDemand(let name): "it demands something unknown: \(clean(name))"
    case .ownMessage: "it asks for a receipt to yourself"
    }
  }
}
