internal import MailBytes
internal import MailHTML
public import MailMIME

/// A message as a page for a browser: its HTML made harmless, or its plain text.
public struct HTMLPage {
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
      let images = InlineImages(message)
      options.inlineImage = { images.image($0) }
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
}
