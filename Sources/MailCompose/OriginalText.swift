internal import MailBytes
internal import MailHTML
internal import MailMIME

/// The texts of a message that is answered or passed on.
struct OriginalText {
  /// Larger texts are cut, in octets.
  static let limit = 1 << 20

  /// The text parts that are read, in order; of alternatives the plain one, unless it says nothing.
  private(set) var plain: [Part] = []
  /// The HTML that stands in the place of those, or beside them.
  private(set) var html: [Part] = []
  /// Nobody but the recipient can read it.
  private(set) var isEncrypted = false

  init(_ message: Message) { take(message.root, depth: 0) }

  private mutating func take(_ part: Part, depth: Int) {
    guard depth < 40 else { return }
    let type = part.contentType
    if type.isMultipart, !part.children.isEmpty { return takeMultipart(part, type, depth) }
    if part.disposition?.isAttachment ?? false { return }
    switch (type.type, type.subtype) {
    case ("text", "html"), ("application", "xhtml+xml"):
      plain.append(part)
      html.append(part)
    case ("text", "plain"), ("text", "enriched"), ("text", "markdown"):
      guard !part.isAttachment || depth == 0 else { return }
      plain.append(part)
      html.append(part)
    case ("application", "pkcs7-mime"), ("application", "x-pkcs7-mime"):
      isEncrypted = isEncrypted || !(type["smime-type"]?.lowercased().hasPrefix("signed") ?? false)
    default: break
    }
  }

  private mutating func takeMultipart(_ part: Part, _ type: ContentType, _ depth: Int) {
    switch type.subtype {
    case "alternative":
      let forms = part.children.map { child -> OriginalText in
        var form = OriginalText()
        form.take(child, depth: depth + 1)
        return form
      }
      isEncrypted = isEncrypted || forms.contains { $0.isEncrypted }
      let readable = forms.filter { !$0.plain.isEmpty }
      plain += (readable.first { $0.isPlainAndSaysSomething } ?? readable.last)?.plain ?? []
      html += (readable.last { $0.html.contains(where: isHTML) } ?? readable.last)?.html ?? []
    case "signed", "related": part.children.first.map { take($0, depth: depth + 1) }
    case "encrypted": isEncrypted = true
    default: for child in part.children.prefix(1000) { take(child, depth: depth + 1) }
    }
  }

  private init() {}

  private var isPlainAndSaysSomething: Bool {
    !plain.contains(where: isHTML) && plain.contains { !isBlank($0.text(limit: 4096)) }
  }
}

func isHTML(_ part: Part) -> Bool {
  let type = part.contentType
  return type.isText("html") || type.mediaType == "application/xhtml+xml"
}

extension Part {
  /// The HTML of the part as UTF-8, in the charset that its header names, else the one it names itself.
  func htmlBytes(limit: Int) -> [UInt8] {
    if contentType.charset != nil { return Array(text(limit: limit).utf8) }
    let octets = decodedBody(limit: limit)
    return Array(decodeText(octets.span, charset: declaredCharset(inHTML: octets)).utf8)
  }

  func htmlDocument(limit: Int) -> HTMLDocument { HTMLDocument(utf8: htmlBytes(limit: limit), limit: limit) }

  /// The text of the part in paragraphs: flowed text as its author meant it, HTML without its markup, other text line by
  /// line.
  func paragraphs(links: StyledText.LinkStyle) -> [FlowedText.Paragraph] {
    let limit = OriginalText.limit
    var result: [FlowedText.Paragraph]
    if isHTML(self) {
      result = htmlDocument(limit: limit).text(links: links).paragraphs
    } else {
      let type = contentType
      let text = text(limit: limit)
      if type.isText("plain"), type["format"]?.lowercased() == "flowed" {
        result = FlowedText.paragraphs(of: text, deletesSpace: type["delsp"]?.lowercased() == "yes")
      } else {
        result = fixedParagraphs(text)
      }
    }
    for index in result.indices { result[index].text = cleanText(result[index].text) }
    if body.count > limit * 4 / 3 { result.append(.init(text: "[…]", isFlowed: false)) }
    return result
  }
}

extension StyledText {
  /// The text without its layout, each paragraph one line; with the addresses of links that have numbers at the end.
  var paragraphs: [FlowedText.Paragraph] {
    var result = lines(width: 1 << 20).map { line in
      FlowedText.Paragraph(quoteDepth: max(line.quoteDepth, 0), text: line.text, isFlowed: line.style == .body)
    }
    if !links.isEmpty {
      result.append(.init(text: "", isFlowed: false))
      for link in links { result.append(.init(text: "[\(link.number)] \(link.url)", isFlowed: false)) }
    }
    return result
  }
}

/// The lines of `text`, each a paragraph; quote marks with spaces between them count as such.
func fixedParagraphs(_ text: String) -> [FlowedText.Paragraph] {
  lines(of: text).map { line in
    let (depth, content) = quoteDepth(of: line)
    return FlowedText.Paragraph(quoteDepth: depth, text: String(decoding: content, as: UTF8.self), isFlowed: false)
  }
}

/// The lines of `text` without LF and CRLF; none for an empty one.
func lines(of text: String) -> [ArraySlice<UInt8>] {
  var bytes = Array(text.utf8)
  if bytes.last == 0x0A { bytes.removeLast() } else if bytes.isEmpty { return [] }
  return bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
    line.last == 0x0D ? line.dropLast() : line
  }
}

/// How often `line` is quoted, and what stands behind the marks and one space.
func quoteDepth(of line: ArraySlice<UInt8>) -> (depth: Int, content: ArraySlice<UInt8>) {
  var rest = line
  var depth = 0
  while rest.first == 0x3E {
    depth += 1
    rest = rest.dropFirst()
    if rest.first == 0x20, rest.dropFirst().first == 0x3E { rest = rest.dropFirst() }
  }
  if depth > 0, rest.first == 0x20 { rest = rest.dropFirst() }
  return (depth, rest)
}

/// `text` on one line without what could change a terminal; tabs stay.
private func cleanText(_ text: String) -> String {
  cleanLines(String(decoding: text.utf8.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }, as: UTF8.self))
}
