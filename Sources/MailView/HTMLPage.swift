internal import MailBytes
internal import MailHTML
public import MailMIME

/// A message as a page for a browser: its HTML made harmless, or its plain text.
public struct HTMLPage {
  /// Larger images stay out of the page.
  private static let imageLimit = 10 << 20

  /// The page, in UTF-8.
  public let bytes: [UInt8]
  /// What to tell the user: that remote content is missing. Empty if nothing is.
  public let notice: String

  /// Makes the page of `message`; `keepsRemoteContent` leaves references to other hosts in.
  public init(_ message: Message, keepsRemoteContent: Bool = false, limit: Int = 16 << 20) {
    let subject = clean(message.headers.text("Subject") ?? "")
    let images = keepsRemoteContent ? "data: http: https:" : "data:"
    var page = Array(
      """
      <!DOCTYPE html>
      <html><head><meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src \(images); style-src 'unsafe-inline'">
      <title>\(escaped(subject))</title></head>
      <body>
      <table>

      """.utf8)
    for line in headerLines(
      of: message.root,
      {
        var options = MessageView.Options()
        options.width = .max
        return options
      }())
    {
      page += Array(
        "<tr><th align=\"left\">\(escaped(String(line.label.dropLast())))</th><td>\(escaped(line.text))</td></tr>\n"
          .utf8)
    }
    page += Array("</table>\n<hr>\n".utf8)
    var blocked: [RemoteReference] = []
    if let part = BodyPlan.htmlPart(of: message.root) {
      var options = HTMLDocument.SanitiseOptions()
      options.keepsRemoteContent = keepsRemoteContent
      let parts = message.allParts
      options.inlineImage = { id in Self.image(id, in: parts) }
      let result = HTMLDocument(utf8: htmlBytes(of: part, limit: limit), limit: limit).sanitised(options)
      page += result.html
      blocked = result.blocked
    } else {
      var options = MessageView.Options()
      options.showsHeader = false
      page += Array("<pre style=\"white-space: pre-wrap\">".utf8)
      for line in MessageView(message, options: options).lines {
        page += Array((escaped(line.label + line.text) + "\n").utf8)
      }
      page += Array("</pre>".utf8)
    }
    page += Array("\n</body></html>\n".utf8)
    bytes = page
    notice = blocked.isEmpty ? "" : remoteNotice(blocked)
  }

  private static func image(_ id: String, in parts: [Part]) -> (type: String, base64: [UInt8])? {
    guard let part = parts.first(where: { $0.contentID == id }), part.body.count <= imageLimit else { return nil }
    let type = part.contentType
    guard type.type == "image", type.subtype != "svg+xml",
      type.subtype.utf8.allSatisfy({ $0.isLetter || $0.isDigit || $0 == 0x2D || $0 == 0x2E || $0 == 0x2B })
    else { return nil }
    let octets = part.decodedBody()
    return (type.mediaType, Base64.encode(octets.span))
  }
}

private func escaped(_ text: String) -> String {
  var result = ""
  for character in text {
    switch character {
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "&": result += "&amp;"
    case "\"": result += "&quot;"
    default: result.append(character)
    }
  }
  return result
}
