internal import MailBytes
internal import MailHTML
internal import MailMIME

/// The pages that are made for a fax, as HTML that loads nothing.
struct FaxPages {
  /// The lines above the text of the cover page.
  var heading: [(name: String, text: String)] = []

  /// The cover page of the message with the root `root`: what it is, and its text.
  func cover(of root: Part, attachments: [String]) -> [UInt8] {
    var body = "<table>\n"
    for row in heading where !row.text.isEmpty {
      body += "<tr><th>\(escaped(row.name))</th><td>\(escaped(row.text))</td></tr>\n"
    }
    for (place, name) in attachments.enumerated() {
      body += "<tr><th>\(place == 0 ? "Attached" : "")</th><td>\(escaped(name))</td></tr>\n"
    }
    body += "</table>\n"
    var page = Array(body.utf8)
    for part in readableParts(of: root) { page += text(of: part) }
    return FaxPages.page(page)
  }

  /// A text part, or one of HTML in its own form.
  func text(of part: Part) -> [UInt8] {
    guard part.contentType.isText("html") else {
      return Array("<div class=\"text\">\(escaped(wholeText(of: part)))</div>\n".utf8)
    }
    var options = HTMLDocument.SanitiseOptions()
    options.isIsolated = true
    options.inlineImage = { FaxPages.image($0, beside: part) }
    let html: [UInt8]
    if part.contentType.charset != nil {
      html = Array(part.text(limit: 4 << 20).utf8)
    } else {
      let octets = part.decodedBody(limit: 4 << 20)
      html = Array(decodeText(octets.span, charset: declaredCharset(inHTML: octets)).utf8)
    }
    return Array("<div class=\"html\">".utf8) + HTMLDocument(utf8: html).sanitised(options).html
      + Array("</div>\n".utf8)
  }

  /// A picture on a page of its own.
  static func picture(_ type: String, _ octets: [UInt8]) -> [UInt8] {
    let data = Base64.encode(octets.span)
    return page(Array("<img class=\"whole\" src=\"data:\(type);base64,".utf8) + data + Array("\">\n".utf8))
  }

  /// A whole page with `body`.
  static func page(_ body: [UInt8]) -> [UInt8] {
    let head = """
      <!DOCTYPE html>
      <html><head><meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
      <style>
      @page { size: A4; margin: 20mm 18mm }
      body { font: 11pt/1.4 sans-serif; color: #000; margin: 0; overflow-wrap: anywhere }
      table { border-collapse: collapse; width: 100%; border-bottom: 0.4mm solid #000; margin-bottom: 6mm }
      th { text-align: left; vertical-align: top; padding: 0 5mm 1mm 0; white-space: nowrap; width: 1% }
      td { padding: 0 0 1mm }
      .text { white-space: pre-wrap }
      .html { overflow: hidden; position: relative }
      .html img { max-width: 100%; height: auto }
      .whole { max-width: 100%; max-height: 255mm }
      </style></head>
      <body>

      """
    return Array(head.utf8) + body + Array("</body></html>\n".utf8)
  }

  /// The picture that a text beside it shows as `cid:`.
  private static func image(_ contentID: String, beside part: Part) -> (type: String, base64: [UInt8])? {
    var outer = part.parent
    while let current = outer {
      for child in current.children
      where child.contentID == contentID && pictureTypes.contains(child.contentType.mediaType) {
        let octets = child.decodedBody(limit: 16 << 20)
        return (child.contentType.mediaType, Base64.encode(octets.span))
      }
      outer = current.parent
    }
    return nil
  }
}

/// The pictures that a page can show.
let pictureTypes: Set<String> = ["image/png", "image/jpeg", "image/jpg", "image/gif", "image/webp"]
