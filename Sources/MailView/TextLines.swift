internal import MailBytes
internal import MailHTML
internal import MailMIME

/// The lines of a plain text part: flowed text wrapped anew, other text as its author broke it. RFC 3676.
func textLines(of part: Part, _ options: MessageView.Options) -> [ViewLine] {
  let text = part.text(limit: options.textLimit)
  let type = part.contentType
  var writer = TextWriter(options: options)
  if type.isText("plain"), type["format"]?.lowercased() == "flowed" {
    for paragraph in FlowedText.paragraphs(of: text, deletesSpace: type["delsp"]?.lowercased() == "yes") {
      writer.append(paragraph)
    }
  } else {
    writer.append(fixed: text)
  }
  return writer.finish()
}

/// The lines of an HTML part, its links at the end, and what it would have loaded from elsewhere.
func htmlLines(of part: Part, _ options: MessageView.Options) -> (lines: [ViewLine], remote: [RemoteReference]) {
  let text = htmlText(of: part, limit: options.textLimit, links: .footnotes)
  var lines: [ViewLine] = []
  for line in text.lines(width: options.width) {
    let quote = line.quoteDepth > 0 ? quoteMarks(line.quoteDepth) : ""
    let shown = line.text.isEmpty ? String(quote.prefix(max(line.quoteDepth, 0))) : quote + line.text
    if line.quoteDepth > 0 {
      lines.append(ViewLine(.quote(line.quoteDepth), shown))
    } else {
      lines.append(ViewLine(line.style == .heading ? .heading : .text, shown))
    }
  }
  if !text.links.isEmpty {
    lines.append(ViewLine(.text))
    for link in text.links { lines.append(ViewLine(.signature, "[\(link.number)] \(clean(link.url))")) }
  }
  return (lines, text.remoteReferences)
}

/// The text of an HTML part, in the charset its header names, else the one it names itself.
func htmlText(of part: Part, limit: Int, links: StyledText.LinkStyle) -> StyledText {
  HTMLDocument(utf8: htmlBytes(of: part, limit: limit)).text(links: links)
}

/// The HTML of `part` as UTF-8.
func htmlBytes(of part: Part, limit: Int) -> [UInt8] {
  if part.contentType.charset != nil { return Array(part.text(limit: limit).utf8) }
  let octets = part.decodedBody(limit: limit)
  return Array(decodeText(octets.span, charset: declaredCharset(inHTML: octets)).utf8)
}

/// `>> ` for a depth of two.
func quoteMarks(_ depth: Int) -> String { String(repeating: ">", count: depth) + " " }

/// `text` in lines of at most `width` columns.
func wrapped(_ text: String, _ width: Int) -> [String] {
  let bytes = Array(text.utf8)
  var result: [String] = []
  wrapLines(bytes.span, width: width) { result.append(String(decoding: bytes[$0], as: UTF8.self)) }
  return result
}

private struct TextWriter {
  let options: MessageView.Options
  private var lines: [ViewLine] = []
  private var isInSignature = false

  init(options: MessageView.Options) { self.options = options }

  /// The lines without blank ones at both ends.
  func finish() -> [ViewLine] {
    guard let first = lines.firstIndex(where: { !$0.isBlank }), let last = lines.lastIndex(where: { !$0.isBlank })
    else {
      return []
    }
    return Array(lines[first...last])
  }

  mutating func append(_ paragraph: FlowedText.Paragraph) {
    let depth = paragraph.quoteDepth
    if paragraph.text == "-- ", depth == 0 { isInSignature = true }
    let text = clean(expandTabs(paragraph.text[...]))
    let marks = depth > 0 ? quoteMarks(depth) : ""
    guard !text.isEmpty else { return add(String(marks.dropLast()), depth) }
    guard paragraph.isFlowed || options.wrapsFixedLines else { return add(marks + text, depth) }
    for line in wrapped(text, max(options.width - marks.utf8.count, 20)) { add(marks + line, depth) }
  }

  mutating func append(fixed text: String) {
    var bytes = Array(text.utf8)
    if bytes.last == 0x0A { bytes.removeLast() }
    var start = 0
    while start <= bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      var line = bytes[start..<end]
      if line.last == 0x0D { line.removeLast() }
      append(line: line)
      start = end + 1
    }
  }

  private mutating func append(line bytes: ArraySlice<UInt8>) {
    var (depth, marks) = quotePrefix(of: bytes)
    // QUIRK: mbox files mark lines that begin with "From " with a ">".
    if depth == 1, marks == 1, bytes.dropFirst().starts(with: "From ".utf8) { (depth, marks) = (0, 0) }
    if depth == 0, bytes.elementsEqual("-- ".utf8) || bytes.elementsEqual("--".utf8) { isInSignature = true }
    let text = String(decoding: bytes, as: UTF8.self)
    let shown = isPlain(bytes.span) ? text : clean(expandTabs(text[...]))
    guard options.wrapsFixedLines, displayWidth(shown) > options.width else { return add(shown, depth) }
    let prefix = String(decoding: bytes[bytes.startIndex..<bytes.startIndex + marks], as: UTF8.self)
    let content = shown.utf8.count > marks ? String(Substring(shown.utf8.dropFirst(marks))) : shown
    for line in wrapped(content, max(options.width - marks, 20)) { add(prefix + line, depth) }
  }

  /// How often a line is quoted, and the length of its marks with the spaces in them and one behind.
  private func quotePrefix(of line: ArraySlice<UInt8>) -> (depth: Int, length: Int) {
    var depth = 0
    var index = line.startIndex
    var end = line.startIndex
    while index < line.endIndex {
      if line[index] == 0x3E {
        depth += 1
        index += 1
        end = index
        if index < line.endIndex, line[index] == 0x20 {
          index += 1
          end = index
        }
      } else if line[index] == 0x20, depth == 0, index == line.startIndex, index + 1 < line.endIndex,
        line[index + 1] == 0x3E
      {
        index += 1
      } else {
        break
      }
    }
    return (depth, depth > 0 ? end - line.startIndex : 0)
  }

  private mutating func add(_ text: String, _ depth: Int) {
    lines.append(ViewLine(depth > 0 ? .quote(depth) : isInSignature ? .signature : .text, text))
  }
}
