internal import MailBytes
internal import MailHTML
internal import MailMIME

/// Longer texts are cut before they are looked at, in octets.
private let textLimit = 1 << 20

/// One line of a message's text.
private struct TextLine {
  var depth: Int
  var text: String
}

/// The parts of a message whose text people read, of alternatives the plain one.
func readableParts(of part: Part, depth: Int = 0) -> [Part] {
  guard depth < 20 else { return [] }
  let type = part.contentType
  if !type.isMultipart {
    let isText = type.isText("plain") || type.isText("html") || type.isText("markdown")
    let isFile = part.disposition?.isAttachment == true || (part.filename != nil && !part.isMessageRoot)
    return isText && !isFile ? [part] : []
  }
  let children = part.children
  switch type.subtype {
  case "alternative":
    let forms = children.map { readableParts(of: $0, depth: depth + 1) }
    let plain = forms.first { $0.first?.contentType.isText("plain") == true && !isBlank($0) }
    return plain ?? forms.last { !isBlank($0) } ?? []
  case "related", "signed": return children.first.map { readableParts(of: $0, depth: depth + 1) } ?? []
  default: return children.flatMap { readableParts(of: $0, depth: depth + 1) }
  }
}

private func isBlank(_ parts: [Part]) -> Bool {
  parts.allSatisfy { part in lines(of: part).allSatisfy { trimmed($0.text).isEmpty } }
}

/// What somebody wrote in `message` for an SMS: its text without what is quoted, without the signature below `-- `, and
/// without attachments. The subject where nothing else is left.
func shortText(of message: Message) -> String {
  let all = readableParts(of: message.root).map { lines(of: $0) }
  var text = all.map { ownWords($0) }.filter { !$0.isEmpty }.joined(separator: "\n")
  // Who has written nothing beside the quote wants to send that.
  if text.isEmpty { text = joined(all.flatMap { $0 }.map(\.text)) }
  if text.isEmpty { text = trimmed(clean(message.headers.text("Subject") ?? "")) }
  return text
}

/// All of the text for paper.
func wholeText(of part: Part) -> String {
  lines(of: part).map { String(repeating: "> ", count: min($0.depth, 9)) + $0.text }.joined(separator: "\n")
}

private func ownWords(_ lines: [TextLine]) -> String {
  var kept: [String] = []
  for line in lines {
    if line.depth == 0 {
      // A signature, or the message that a program puts below an answer.
      if line.text == "-- " || line.text == "--" || isOriginalMark(line.text) { break }
      kept.append(line.text)
    } else {
      // `On Monday Ada wrote:` says nothing without the quote.
      while let last = kept.last, trimmed(last).isEmpty { kept.removeLast() }
      if let last = kept.last, trimmed(last).hasSuffix(":") {
        kept.removeLast()
        while let before = kept.last, !trimmed(before).isEmpty, isBeginOfAttribution(before) { kept.removeLast() }
      }
      if kept.last.map({ !trimmed($0).isEmpty }) ?? false { kept.append("") }
    }
  }
  return joined(kept)
}

/// `-----Original Message-----`, in any language: words between rows of hyphens.
private func isOriginalMark(_ line: String) -> Bool {
  let text = trimmed(line)
  return text.hasPrefix("-----") && text.hasSuffix("-----") && text.utf8.contains { $0 != 0x2D }
}

/// The first line of an attribution that takes two: it names an address or a date, and ends without a full stop.
private func isBeginOfAttribution(_ line: String) -> Bool {
  let text = trimmed(line)
  return text.hasPrefix("On ") || text.hasPrefix("Am ") || text.hasPrefix("Le ") || text.hasPrefix("El ")
}

/// `lines` without blank ones at the ends and without more than one in a row.
private func joined(_ lines: [String]) -> String {
  var result: [String] = []
  for line in lines {
    let text = trimmedEnd(line)
    if text.isEmpty, result.last?.isEmpty ?? true { continue }
    result.append(text)
  }
  while result.last?.isEmpty == true { result.removeLast() }
  return result.joined(separator: "\n")
}

private func lines(of part: Part) -> [TextLine] {
  let type = part.contentType
  if type.isText("html") {
    let octets: [UInt8]
    if type.charset != nil {
      octets = Array(part.text(limit: textLimit).utf8)
    } else {
      let body = part.decodedBody(limit: textLimit)
      octets = Array(decodeText(body.span, charset: declaredCharset(inHTML: body)).utf8)
    }
    return HTMLDocument(utf8: octets).text(links: .none).lines(width: 1 << 20).map {
      TextLine(depth: $0.quoteDepth, text: clean($0.text))
    }
  }
  let text = part.text(limit: textLimit)
  if type["format"]?.lowercased() == "flowed" {
    return FlowedText.paragraphs(of: text, deletesSpace: type["delsp"]?.lowercased() == "yes").map {
      TextLine(depth: $0.quoteDepth, text: clean($0.text))
    }
  }
  return text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
    var rest = line
    var depth = 0
    while rest.first == 0x3E {
      depth += 1
      rest = rest.dropFirst()
      if rest.first == 0x20 { rest = rest.dropFirst() }
    }
    if rest.last == 0x0D { rest = rest.dropLast() }
    return TextLine(depth: depth, text: clean(String(Substring(rest))))
  }
}

func trimmed(_ text: String) -> String { trimmedEnd(String(text.drop { $0.isWhitespace })) }

private func trimmedEnd(_ text: String) -> String {
  guard let last = text.lastIndex(where: { !$0.isWhitespace }) else { return "" }
  return String(text[...last])
}
