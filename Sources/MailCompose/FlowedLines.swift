internal import MailBytes
internal import MailMIME

/// Columns that quoted text is wrapped to in the editor, and above which a line of the writer's is sent in pieces.
private let quoteWidth = 72
private let lineWidth = 78

/// The mark that begins a signature block. RFC 3676, section 4.3.
let signatureMark = "-- "

/// `paragraphs` as lines for the editor: quote marks are written, and where a quoted paragraph goes on in the next line a
/// space stands at the end, as in format=flowed.
func editorText(_ paragraphs: [FlowedText.Paragraph]) -> String {
  var output: [UInt8] = []
  for paragraph in paragraphs {
    let marks = [UInt8](repeating: 0x3E, count: paragraph.quoteDepth)
    var text = Array(paragraph.text.utf8)[...]
    if !text.elementsEqual(signatureMark.utf8) { while text.last == 0x20 { text = text.dropLast() } }
    let wraps = paragraph.isFlowed && paragraph.quoteDepth > 0
    repeat {
      let end = wraps ? softEnd(text, width: max(20, quoteWidth - marks.count - 1)) : text.endIndex
      output += marks
      if !marks.isEmpty, end > text.startIndex { output.append(0x20) }
      output += text[..<end]
      output.append(0x0A)
      text = text[end...]
    } while !text.isEmpty
  }
  return String(decoding: output, as: UTF8.self)
}

/// The end of the first line of `text`: behind the last space that fits, else behind the first one.
private func softEnd(_ text: ArraySlice<UInt8>, width: Int) -> Int {
  var column = 0
  var best: Int?
  for index in text.indices {
    if text[index] & 0xC0 != 0x80 { column += 1 }
    if column > width, let best { return best }
    if text[index] == 0x20, index + 1 < text.endIndex, text[index + 1] != 0x20 { best = index + 1 }
  }
  return column > width ? best ?? text.endIndex : text.endIndex
}

/// What the editor shows as paragraphs to be sent. RFC 3676, section 4.2.
///
/// A line is a line. One with a space at its end goes on in the next, as format=flowed has it, and one that is too long is
/// sent in pieces that the reader's program joins.
func flowedParagraphs(_ text: String) -> [FlowedText.Paragraph] {
  var paragraphs: [FlowedText.Paragraph] = []
  var isOpen = false
  for line in lines(of: text) {
    let (depth, content) = quoteDepth(of: line)
    let isMark = content.elementsEqual(signatureMark.utf8)
    let goesOn = content.last == 0x20 && !isMark
    let piece = String(decoding: content, as: UTF8.self)
    if isOpen, let last = paragraphs.indices.last, paragraphs[last].quoteDepth == depth, !isMark {
      paragraphs[last].text += piece
      paragraphs[last].isFlowed = true
    } else {
      let room = max(lineWidth - (depth > 0 ? depth + 1 : 0), 20)
      let isLong = content.count > room && displayWidth(piece) > room
      paragraphs.append(.init(quoteDepth: depth, text: piece, isFlowed: isLong))
    }
    isOpen = goesOn
  }
  return paragraphs
}
