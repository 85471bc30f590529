internal import MailHTML
public import MailMIME
internal import MailMarkdown

extension Composition {
  /// The text as it is written in `wanted`: HTML loses its markup in the others.
  public func text(as wanted: Format) -> String {
    switch (format, wanted) {
    case (.flowed, .html): return htmlLines(text)
    case (.markdown, .html): return Markdown(text).html
    case (.html, .flowed), (.html, .markdown):
      var paragraphs = HTMLDocument(utf8: Array(text.utf8), limit: 32 << 20).text(links: .inline).paragraphs
      trimBlank(&paragraphs)
      return editorText(paragraphs)
    default: return text
    }
  }

  /// Changes what the text is written in.
  public mutating func convert(to wanted: Format) {
    text = text(as: wanted)
    format = wanted
  }
}

extension Message {
  /// Nobody but its recipients can read what the message says.
  public var isEncrypted: Bool { OriginalText(self).isEncrypted }
}
