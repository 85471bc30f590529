internal import MailBytes
internal import MailConfiguration
internal import MailHTML
public import MailMIME
internal import MailSystem

/// A message as the pages of a fax: a cover with its text, and each attachment behind it.
public struct FaxDocument: Sendable {
  /// One PDF.
  public struct Sheet: Sendable, Equatable {
    /// A name for it, ending in `.pdf`; for people, and in a gateway's mail.
    public var name: String
    public var bytes: [UInt8]
  }

  /// The cover, then the attachments in their order.
  public private(set) var sheets: [Sheet] = []

  /// More is not sent, in octets.
  static let limit = 64 << 20

  /// Makes the pages of `message` for `number`. PDFs go as they are, texts and pictures through WeasyPrint, everything else
  /// through `converter`: words for the shell that get the file as their argument and print a PDF. `from` is the sender's
  /// number, `timeLimit` that of each program, in seconds.
  public init(
    _ message: Message, to number: TelephoneNumber, from: String? = nil, converter: String? = nil, timeLimit: Int = 120
  ) throws(GatewayError) {
    let attachments = FaxDocument.attachments(of: message)
    let envelope = Envelope(headerOf: message)
    var pages = FaxPages()
    pages.heading = [
      ("To", number.description), ("From", clean(envelope.from.map(\.display).joined(separator: ", "))),
      ("", clean(from ?? "")), ("Date", message.headers.date()?.rfc5322 ?? ""), ("Subject", clean(envelope.subject)),
    ]
    let maker = PagePrinter(converter: converter, timeLimit: timeLimit)
    let names = attachments.map { part in FaxDocument.name(of: part) }
    add(Sheet(name: "cover.pdf", bytes: try maker.pdf(of: pages.cover(of: message.root, attachments: names))))
    for (part, name) in zip(attachments, names) {
      let octets = try maker.pdf(of: part, name: name, pages: pages)
      add(Sheet(name: FaxDocument.pdfName(name), bytes: octets))
      if sheets.reduce(0, { $0 + $1.bytes.count }) > FaxDocument.limit { throw .tooLarge }
    }
  }

  private mutating func add(_ sheet: Sheet) { sheets.append(sheet) }

  /// What is sent behind the cover: the files, and embedded messages; not the pictures that a text shows itself.
  static func attachments(of message: Message) -> [Part] {
    var result: [Part] = []
    func visit(_ part: Part) {
      if part.contentType.isMultipart {
        for child in part.children { visit(child) }
      } else if part.embeddedMessage != nil || part.isAttachment || part.isUnreadableFile {
        if !["text/vcard", "text/x-vcard", "text/calendar"].contains(part.contentType.mediaType) {
          result.append(part)
        }
      }
    }
    visit(message.root)
    return result
  }

  static func name(of part: Part) -> String {
    let name = clean(part.filename ?? "")
    if !name.isEmpty { return name }
    if let inner = part.embeddedMessage { return clean(inner.headers.text("Subject") ?? "message") }
    return part.contentType.mediaType
  }

  /// `name` with the ending `.pdf`, and nothing in it that a path or a shell would read.
  private static func pdfName(_ name: String) -> String {
    var safe = ""
    for scalar in name.unicodeScalars.prefix(60) {
      let isSafe =
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "-" || scalar == "_"
      safe.unicodeScalars.append(isSafe ? scalar : scalar == "." ? "." : "_")
    }
    while safe.hasPrefix(".") { safe.removeFirst() }
    if safe.isEmpty { safe = "attachment" }
    return safe.lowercased().hasSuffix(".pdf") ? safe : safe + ".pdf"
  }
}

extension Part {
  /// A file that says neither `attachment` nor a name, and is no text.
  fileprivate var isUnreadableFile: Bool {
    let type = contentType
    guard type.type != "text", type.type != "message" else { return false }
    return parent?.contentType.subtype != "related" && !["pgp-signature", "pkcs7-signature"].contains(type.subtype)
      && parent?.contentType.subtype != "alternative"
  }
}
