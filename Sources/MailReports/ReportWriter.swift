internal import MailBytes
internal import MailMIME

/// A multipart/report as octets with LF. RFC 6522, section 3; RFC 6533, section 4, for what isn't ASCII.
struct ReportWriter {
  /// `delivery-status` or `disposition-notification`.
  let kind: String
  /// The fields, written as UTF-8 where `isGlobal`.
  let fields: [UInt8]
  let isGlobal: Bool

  /// The report in `letter`, about the message `original` of which `content` goes along.
  func build(_ letter: ReportLetter, original: [UInt8], returning content: ReturnedContent) -> [UInt8] {
    let originalMessage = Message(parsingHeaderOf: original)
    var parts: [BodyPart] = [.text(withFinalNewline(letter.text))]
    let name = isGlobal ? "global-\(kind)" : kind
    parts.append(BodyPart(ContentType("message", name), .message(fields)))
    switch content {
    case .nothing: break
    case .header:
      let header = withLineFeeds(originalMessage.root.rawHeader)
      let type =
        isASCII(header.span) ? ContentType("text", "rfc822-headers") : ContentType("message", "global-headers")
      parts.append(BodyPart(type, .message(header)))
    case .message:
      let header = originalMessage.root.rawHeader
      let type = ContentType("message", isASCII(header.span) ? "rfc822" : "global")
      parts.append(BodyPart(type, .message(withLineFeeds(original[...]))))
    }
    let report = ContentType("multipart", "report", parameters: [("report-type", kind)])
    var builder = MessageBuilder(body: BodyPart(report, .multipart(parts)))
    builder.add("From", addresses: [letter.from])
    builder.add("To", addresses: [letter.to] + letter.others)
    builder.add("Subject", text: letter.subject)
    builder.add(date: letter.date)
    builder.add("Message-ID", messageIDs: [letter.messageID])
    if let identifier = originalMessage.headers.messageIDs("Message-ID").first {
      builder.add("In-Reply-To", messageIDs: [identifier])
      builder.add("References", messageIDs: [identifier])
    }
    // RFC 3834, section 5.1: no program answers it.
    builder.add("Auto-Submitted", value: "auto-replied")
    return builder.build()
  }

  private func withFinalNewline(_ text: String) -> String { text.utf8.last == 0x0A ? text : text + "\n" }

  /// `bytes` with LF for each CRLF.
  private func withLineFeeds(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    for byte in bytes {
      if byte == 0x0A, output.last == 0x0D { output.removeLast() }
      output.append(byte)
    }
    return output
  }
}
