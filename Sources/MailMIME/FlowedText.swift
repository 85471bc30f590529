internal import MailBytes

/// Text whose lines may be joined to paragraphs: format=flowed. RFC 3676.
public enum FlowedText {
  /// Lines that belong together, without the marks that say so.
  public struct Paragraph: Sendable, Hashable {
    /// How often the paragraph is quoted.
    public var quoteDepth: Int
    /// The text as one line.
    public var text: String
    /// The paragraph was made of several lines, or could have been: it may be wrapped anew.
    public var isFlowed: Bool

    /// A paragraph of `text`, quoted `quoteDepth` times.
    public init(quoteDepth: Int = 0, text: String, isFlowed: Bool = true) {
      self.quoteDepth = quoteDepth
      self.text = text
      self.isFlowed = isFlowed
    }
  }

  /// The paragraphs of `text`; `deletesSpace` is the DelSp parameter. RFC 3676, section 4.
  public static func paragraphs(of text: String, deletesSpace: Bool = false) -> [Paragraph] {
    var paragraphs: [Paragraph] = []
    var isOpen = false
    for line in lines(of: text) {
      var content = line[...]
      while content.first == 0x3E { content.removeFirst() }
      let depth = line.count - content.count
      if content.first == 0x20 { content.removeFirst() }
      let isSignature = content.elementsEqual("-- ".utf8)
      let isFlowed = content.last == 0x20 && !isSignature
      if isFlowed, deletesSpace { content.removeLast() }
      let piece = string(content)
      if isOpen, let last = paragraphs.indices.last, paragraphs[last].quoteDepth == depth, !isSignature {
        paragraphs[last].text += piece
        paragraphs[last].isFlowed = true
      } else {
        paragraphs.append(Paragraph(quoteDepth: depth, text: piece, isFlowed: isFlowed))
      }
      isOpen = isFlowed
    }
    return paragraphs
  }

  /// `paragraphs` as flowed lines of at most about `width` characters, ended by LF. RFC 3676, section 4.2.
  public static func encode(_ paragraphs: [Paragraph], width: Int = 72) -> String {
    var output: [UInt8] = []
    for paragraph in paragraphs { append(paragraph, width: width, to: &output) }
    return string(output)
  }

  private static func append(_ paragraph: Paragraph, width: Int, to output: inout [UInt8]) {
    var text = Array(paragraph.text.utf8)[...]
    let isSignature = text.elementsEqual("-- ".utf8)
    while !isSignature, text.last == 0x20 { text.removeLast() }
    var isFirst = true
    while isFirst || !text.isEmpty {
      isFirst = false
      let end =
        paragraph.isFlowed && !isSignature
        ? lineEnd(text, width: max(20, width - paragraph.quoteDepth - 1)) : text.endIndex
      output.append(contentsOf: repeatElement(0x3E, count: paragraph.quoteDepth))
      let line = text[..<end]
      if paragraph.quoteDepth > 0 || needsStuffing(line) { output.append(0x20) }
      output.append(contentsOf: line)
      output.append(0x0A)
      text = text[end...]
    }
  }

  /// The end of the first line of `text`: behind the last space that fits, else behind the first one.
  private static func lineEnd(_ text: ArraySlice<UInt8>, width: Int) -> Int {
    var column = 0
    var best: Int?
    for index in text.indices {
      if text[index] & 0xC0 != 0x80 { column += 1 }
      if column > width, let best { return best }
      if text[index] == 0x20, index + 1 < text.endIndex, text[index + 1] != 0x20 {
        best = index + 1
      }
    }
    return column > width ? best ?? text.endIndex : text.endIndex
  }

  private static func needsStuffing(_ line: ArraySlice<UInt8>) -> Bool {
    guard let first = line.first else { return false }
    return first == 0x20 || first == 0x3E || line.starts(with: "From ".utf8)
  }

  private static func lines(of text: String) -> [[UInt8]] {
    var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) }
    if lines.last?.isEmpty == true { lines.removeLast() }
    for index in lines.indices where lines[index].last == 0x0D { lines[index].removeLast() }
    return lines
  }
}
