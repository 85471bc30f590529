internal import MailBytes
internal import MailHTML
internal import MailMIME

/// `message` quoted in HTML below its attribution: nothing in it runs, and nothing is loaded from elsewhere. Images that
/// lie in the message go along as `images`.
func quotedHTML(_ message: Message, _ attribution: Attribution, images: inout [BodyPart]) -> String {
  let content = htmlContent(message, keepsRemote: false, images: &images)
  guard !isBlank(content) else { return "" }
  let line = attribution.line(message.headers)
  return (line.isEmpty ? "" : "<p>\(escapedHTML(line))</p>\n")
    + "<blockquote type=\"cite\">\n\(content)\n</blockquote>\n"
}

/// `message` to be passed on in HTML.
func forwardedHTML(_ message: Message, images: inout [BodyPart]) -> String {
  let header = forwardedHeader(message.headers).map { escapedHTML($0) + "<br>\n" }.joined()
  return "<div>\n\(header)</div>\n<br>\n<div>\n\(htmlContent(message, keepsRemote: true, images: &images))\n</div>\n"
}

/// What `message` says in harmless HTML, closed in itself.
private func htmlContent(_ message: Message, keepsRemote: Bool, images: inout [BodyPart]) -> String {
  let original = OriginalText(message)
  var output = ""
  for part in original.html {
    if isHTML(part) {
      var found: [BodyPart] = []
      var options = HTMLDocument.SanitiseOptions()
      options.isIsolated = true
      options.keepsRemoteContent = keepsRemote
      options.imageAddress = { id in
        guard let image = image(id, in: message) else { return nil }
        if !found.contains(where: { $0.contentID == image.contentID }) { found.append(image) }
        return image.contentID.map { "cid:\($0)" }
      }
      output += String(decoding: part.htmlDocument(limit: 4 << 20).sanitised(options).html, as: UTF8.self)
      for image in found where !images.contains(where: { $0.contentID == image.contentID }) { images.append(image) }
    } else {
      output += html(of: part.paragraphs(links: .none))
    }
  }
  if original.isEncrypted, output.isEmpty { output = "[The message is encrypted.]\n" }
  return output
}

/// `html` without what runs or lies on this machine; images of the message and of other hosts stay.
func harmlessHTML(_ html: String) -> String {
  var options = HTMLDocument.SanitiseOptions()
  options.keepsRemoteContent = true
  options.imageAddress = { "cid:\($0)" }
  return String(decoding: HTMLDocument(utf8: Array(html.utf8), limit: 32 << 20).sanitised(options).html, as: UTF8.self)
}

/// The image of `message` with the Content-ID `id`.
private func image(_ id: String, in message: Message) -> BodyPart? {
  guard isIdentifier(id) || !id.isEmpty && id.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x3C && $0 != 0x3E })
  else {
    return nil
  }
  let part = message.allParts.first { $0.contentID == id }
  guard let part, part.contentType.type == "image", part.contentType.subtype != "svg+xml",
    var copy = BodyPart(copying: part)
  else { return nil }
  copy.disposition = "inline"
  return copy
}

/// `paragraphs` in HTML, quotes in quotes.
private func html(of paragraphs: [FlowedText.Paragraph]) -> String {
  var output = ""
  var depth = 0
  for paragraph in paragraphs {
    let wanted = min(paragraph.quoteDepth, 20)
    while depth < wanted {
      output += "<blockquote type=\"cite\">\n"
      depth += 1
    }
    while depth > wanted {
      output += "</blockquote>\n"
      depth -= 1
    }
    output += escapedHTML(paragraph.text) + "<br>\n"
  }
  return output + String(repeating: "</blockquote>\n", count: depth)
}

/// The text of `html` without what it quotes.
func withoutQuotes(_ html: String) -> String {
  HTMLDocument(utf8: Array(html.utf8)).text(links: .none).lines(width: 1 << 20).filter { $0.quoteDepth == 0 }
    .map { $0.text + "\n" }.joined()
}
