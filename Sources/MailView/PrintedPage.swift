internal import MailBytes
internal import MailHTML
public import MailMIME

/// Messages as one page for a printer: self-contained HTML that loads nothing, harmless whatever the messages hold.
public struct PrintedPage {
  /// The size of the paper.
  public enum Paper: String, Sendable, CaseIterable { case a4, letter }

  /// How messages are printed.
  public struct Options {
    public var paper = Paper.a4
    /// References to images on other hosts stay.
    public var keepsRemoteContent = false
    /// All fields of the header, not only those that matter to a reader.
    public var showsAllHeaders = false
    /// The distance of local time from UTC at a moment, in minutes east.
    public var localOffset: (Int64) -> Int = { _ in 0 }

    public init() {}
  }

  /// More is not put on one page, in octets.
  public static let limit = 128 << 20
  private static let textLimit = 16 << 20

  /// What was left out because it lies on other hosts; empty if nothing was.
  public var notice: String { blocked.isEmpty ? "" : remoteNotice(blocked) }
  /// The page would be longer than the limit.
  public var isFull: Bool { body.count > Self.limit }

  private let options: Options
  private var body: [UInt8] = []
  private var title: String?
  private var blocked: [RemoteReference] = []

  /// An empty page.
  public init(_ options: Options = Options()) { self.options = options }

  /// Adds a message, on paper of its own; `comment` and `annotations` are what its owner wrote.
  public mutating func append(
    _ message: Message, comment: String? = nil, annotations: [(name: String, text: String)] = []
  ) {
    let subject = clean(message.headers.text("Subject") ?? "")
    if title == nil { title = subject }
    write("<article>\n")
    if let comment { write("<div class=\"pb-comment\">\(lines(cleanLines(comment)))</div>\n") }
    write("<h1 class=\"pb-subject\">\(escaped(subject.isEmpty ? "(no subject)" : subject))</h1>\n")
    appendHeader(of: message.root, annotations: annotations)
    let plan = BodyPlan(message.root, textLimit: Self.textLimit, prefersHTML: true)
    let images = InlineImages(message, budget: max(Self.limit - body.count, 0))
    var depth = 0
    for item in plan.items {
      switch item {
      case .text(let part): appendText(part)
      case .html(let part): appendHTML(part, images)
      case .message(let root):
        depth += 1
        write("<div class=\"pb-message\">\n")
        appendHeader(of: root, annotations: [])
      case .endOfMessage:
        guard depth > 0 else { continue }
        depth -= 1
        write("</div>\n")
      case .notice(let text): write("<p class=\"pb-notice\">\(escaped(text))</p>\n")
      }
    }
    write(String(repeating: "</div>\n", count: depth))
    for text in plan.closingNotices { write("<p class=\"pb-notice\">\(escaped(text))</p>\n") }
    appendAttachments(plan.attachments.filter { !images.isUsed($0) })
    write("</article>\n")
  }

  /// The page, in UTF-8.
  public func finish() -> [UInt8] {
    let sources = options.keepsRemoteContent ? "data: http: https:" : "data:"
    let head = """
      <!DOCTYPE html>
      <html><head><meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src \(sources); style-src 'unsafe-inline'">
      <title>\(escaped(title ?? ""))</title>
      <style>
      @page { size: \(options.paper == .a4 ? "A4" : "letter"); margin: 18mm 16mm 20mm;
        @bottom-center { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #555 } }
      \(printStyle)</style></head>
      <body>

      """
    return Array(head.utf8) + body + Array("</body></html>\n".utf8)
  }

  // MARK: Parts

  private mutating func appendHeader(of root: Part, annotations: [(name: String, text: String)]) {
    var rows: [(name: String, text: String)] = []
    if options.showsAllHeaders {
      let headers = root.headers
      rows = headers.fields.map { (clean($0.name), clean(headers.text(of: $0))) }
    } else {
      var view = MessageView.Options()
      view.width = .max
      view.localOffset = options.localOffset
      rows = headerLines(of: root, view).map { (String($0.label.dropLast(2)), $0.text) }
      // The subject of the message itself stands above.
      if root.parent == nil { rows.removeAll { $0.name == "Subject" } }
    }
    rows += annotations
    write("<table class=\"pb-header\">\n")
    for row in rows { write("<tr><th>\(escaped(row.name))</th><td>\(escaped(row.text))</td></tr>\n") }
    write("</table>\n")
  }

  private mutating func appendText(_ part: Part) {
    var view = MessageView.Options()
    // Paragraphs are broken into lines where they are laid out.
    view.width = 1 << 20
    view.textLimit = Self.textLimit
    write("<div class=\"pb-text\">")
    for line in textLines(of: part, view) {
      let text = escaped(line.label + line.text)
      switch line.kind {
      case .quote: write("<span class=\"pb-quote\">\(text)</span>\n")
      case .signature: write("<span class=\"pb-signature\">\(text)</span>\n")
      default: write(text + "\n")
      }
    }
    write("</div>\n")
  }

  private mutating func appendHTML(_ part: Part, _ images: InlineImages) {
    var sanitise = HTMLDocument.SanitiseOptions()
    sanitise.keepsRemoteContent = options.keepsRemoteContent
    sanitise.isIsolated = true
    sanitise.inlineImage = { images.image($0) }
    let octets = htmlBytes(of: part, limit: Self.textLimit)
    let result = HTMLDocument(utf8: octets, limit: Self.textLimit).sanitised(sanitise)
    blocked += result.blocked
    write("<div class=\"pb-html\">")
    body += result.html
    write("</div>\n")
  }

  private mutating func appendAttachments(_ parts: [Part]) {
    guard !parts.isEmpty else { return }
    write("<table class=\"pb-attachments\">\n")
    for part in parts {
      let type = escaped(clean(part.contentType.mediaType))
      let size = escaped(sizeText(decodedSize(of: part)))
      write("<tr><td>\(escaped(attachmentName(of: part)))</td><td>\(type)</td><td>\(size)</td></tr>\n")
    }
    write("</table>\n")
  }

  private func lines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { escaped(String($0)) }.joined(separator: "<br>")
  }

  private mutating func write(_ text: String) { body += Array(text.utf8) }
}

/// How the page looks; names of classes that begin with pb- are ours.
private let printStyle = """
  body { font: 10.5pt/1.4 sans-serif; color: #000; margin: 0; overflow-wrap: anywhere }
  article + article { break-before: page }
  .pb-subject { font-size: 14pt; margin: 0 0 3mm }
  .pb-header { border-collapse: collapse; margin: 0 0 4mm; padding: 0; width: 100%; border-bottom: 0.3mm solid #000 }
  .pb-header th { text-align: left; vertical-align: top; padding: 0 4mm 0.5mm 0; white-space: nowrap; width: 1% }
  .pb-header td { padding: 0 0 0.5mm }
  .pb-text { white-space: pre-wrap; font: 10pt/1.35 monospace }
  .pb-quote, .pb-signature { color: #444 }
  .pb-html { overflow: hidden; position: relative }
  .pb-html img { max-width: 100%; height: auto }
  .pb-message { border-left: 0.5mm solid #888; padding-left: 4mm; margin: 4mm 0 }
  .pb-comment { border: 0.3mm solid #888; padding: 2mm; margin-bottom: 4mm }
  .pb-notice { font-style: italic; color: #444 }
  .pb-attachments { border-collapse: collapse; border-top: 0.3mm solid #000; margin-top: 5mm; width: 100%; font-size: 9pt }
  .pb-attachments td { padding: 0.7mm 4mm 0 0 }
  .pb-attachments td:last-child { text-align: right; padding-right: 0; white-space: nowrap }

  """
