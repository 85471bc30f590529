internal import MailBytes
internal import MailHTML
internal import MailMIME

/// How quoted text is introduced.
public struct Attribution: Sendable {
  /// The line above the quotation: `%n` is the writer's name, `%a` the address, `%d` the date, `%s` the subject, `%%` a
  /// per cent sign.
  public var pattern: String

  public init(_ pattern: String) { self.pattern = pattern }

  /// The line for the message with `headers`, cleaned; empty for an empty pattern.
  func line(_ headers: Headers) -> String {
    let author = headers.addresses("From").first
    let address = author?.displayAddress ?? ""
    var output = ""
    var rest = pattern[...]
    while let percent = rest.firstIndex(of: "%") {
      output += rest[..<percent]
      rest = rest[rest.index(after: percent)...]
      guard let letter = rest.popFirst() else { return clean(output + "%") }
      switch letter {
      case "n": output += author.flatMap { $0.name.flatMap { isBlank($0) ? nil : $0 } } ?? address
      case "a": output += address
      case "d": output += shownDate(headers)
      case "s": output += headers.text("Subject") ?? ""
      case "%": output += "%"
      default: output += "%\(letter)"
      }
    }
    return clean(output + rest)
  }
}

/// The date of a message as its writer had it, without seconds: `Tue, 24 Nov 2026 10:11 +0100`.
func shownDate(_ headers: Headers) -> String {
  guard let date = headers.date() else { return headers.text("Date") ?? "an unknown day" }
  var words = date.rfc5322.split(separator: " ").map(String.init)
  if words.count == 6 { words[4] = String(words[4].prefix(5)) }
  if date.hasUnknownZone { words.removeLast() }
  return words.joined(separator: " ")
}

/// The text of `message` quoted, below its attribution; without its signature. Empty when there is nothing to quote.
func quotedText(_ message: Message, _ attribution: Attribution, isMarkdown: Bool = false) -> String {
  let original = OriginalText(message)
  var paragraphs: [FlowedText.Paragraph] = []
  for part in original.plain {
    if !paragraphs.isEmpty { paragraphs.append(.init(text: "", isFlowed: false)) }
    paragraphs += withoutSignature(part.paragraphs(links: .none))
  }
  if original.isEncrypted, paragraphs.isEmpty {
    paragraphs = [.init(text: "[The message is encrypted.]", isFlowed: false)]
  }
  trimBlank(&paragraphs)
  guard !paragraphs.isEmpty else { return "" }
  for index in paragraphs.indices {
    paragraphs[index].quoteDepth += 1
    if isMarkdown { paragraphs[index].text = withoutImages(paragraphs[index].text) }
  }
  let line = attribution.line(message.headers)
  return (line.isEmpty ? "" : line + "\n") + editorText(paragraphs)
}

/// `paragraphs` up to the signature of who wrote them.
private func withoutSignature(_ paragraphs: [FlowedText.Paragraph]) -> [FlowedText.Paragraph] {
  let mark = paragraphs.lastIndex { $0.quoteDepth == 0 && ($0.text == signatureMark || $0.text == "--") }
  // A message that is all signature is quoted as it is.
  guard let mark, mark > 0 else { return paragraphs }
  return Array(paragraphs[..<mark])
}

func trimBlank(_ paragraphs: inout [FlowedText.Paragraph]) {
  while let last = paragraphs.last, isBlank(last.text) { paragraphs.removeLast() }
  while let first = paragraphs.first, isBlank(first.text) { paragraphs.removeFirst() }
}

/// `text` as Markdown in which nothing is an image: what a stranger wrote must not make us attach a file of the user's.
func withoutImages(_ text: String) -> String {
  guard text.utf8.contains(0x21) else { return text }
  var output: [UInt8] = []
  let bytes = Array(text.utf8)
  for (index, byte) in bytes.enumerated() {
    if byte == 0x5B, index > 0, bytes[index - 1] == 0x21 { output.append(0x5C) }
    output.append(byte)
  }
  return String(decoding: output, as: UTF8.self)
}

/// `text` as HTML text.
func escapedHTML(_ text: String) -> String {
  var output: [UInt8] = []
  for byte in text.utf8 {
    switch byte {
    case 0x26: output += Array("&amp;".utf8)
    case 0x3C: output += Array("&lt;".utf8)
    case 0x3E: output += Array("&gt;".utf8)
    case 0x22: output += Array("&quot;".utf8)
    default: output.append(byte)
    }
  }
  return String(decoding: output, as: UTF8.self)
}
