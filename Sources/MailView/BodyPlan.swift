internal import MailBytes
public import MailMIME

/// Which parts of a message are shown, in which order, and which are only listed. RFC 2046, section 5.1.
public struct BodyPlan {
  public enum Item {
    /// A part whose text is shown as it is.
    case text(Part)
    /// A part whose HTML is shown as text.
    case html(Part)
    /// An embedded message begins; its header is shown.
    case message(Part)
    /// The embedded message ends, and more follows.
    case endOfMessage
    /// Something to know about what follows.
    case notice(String)
  }

  /// What is shown.
  public private(set) var items: [Item] = []
  /// What is listed.
  public private(set) var attachments: [Part] = []
  /// What to know at the end.
  public private(set) var closingNotices: [String] = []
  /// The message, or an embedded one, is encrypted.
  public private(set) var isEncrypted = false

  private let textLimit: Int
  private let prefersHTML: Bool
  /// Larger texts that come as files are only listed.
  private static let inlineFileLimit = 64 << 10

  /// Plans how to show the message whose root is `root`; of alternatives the one in HTML with `prefersHTML`.
  public init(_ root: Part, textLimit: Int = 4 << 20, prefersHTML: Bool = false) {
    self.textLimit = textLimit
    self.prefersHTML = prefersHTML
    add(root)
    if case .endOfMessage? = items.last { items.removeLast() }
  }

  /// The first part of HTML that is shown, or that stands beside a plain text that is.
  public static func htmlPart(of root: Part) -> Part? {
    if isHTML(root), !(root.disposition?.isAttachment ?? false) { return root }
    guard root.contentType.isMultipart else { return nil }
    for child in root.children.prefix(100) {
      if let found = htmlPart(of: child) { return found }
    }
    return nil
  }

  private static func isHTML(_ part: Part) -> Bool {
    let type = part.contentType
    return type.isText("html") || type.mediaType == "application/xhtml+xml"
  }

  // MARK: One part

  private mutating func add(_ part: Part) {
    let type = part.contentType
    if type.isMultipart, !part.children.isEmpty { return addMultipart(part, type) }
    if part.embeddedMessage != nil { return addMessage(part) }
    if let trace = part.trace { return items.append(.notice(traceNotice(trace, number: part.number))) }
    let isFile = part.disposition?.isAttachment ?? false
    switch (type.type, type.subtype) {
    case _ where isFile: attachments.append(part)
    case ("text", "html"), ("application", "xhtml+xml"): addHTML(part)
    case ("text", "plain"), ("text", "rfc822-headers"), ("message", "delivery-status"),
      ("message", "disposition-notification"), ("message", "feedback-report"), ("multipart", _):
      addText(part)
    case ("text", "calendar"), ("text", "x-vcalendar"), ("text", "vcard"), ("text", "x-vcard"): attachments.append(part)
    case ("text", _):
      if part.filename == nil || part.body.count <= Self.inlineFileLimit {
        addText(part)
      } else {
        attachments.append(part)
      }
    case ("application", "pkcs7-mime"), ("application", "x-pkcs7-mime"): addSMIME(part, type)
    case ("application", "pgp-signature"), ("application", "pkcs7-signature"), ("application", "x-pkcs7-signature"),
      ("application", "pgp-encrypted"):
      break
    default: attachments.append(part)
    }
  }

  private mutating func addText(_ part: Part) {
    if part.filename != nil, part.body.count > Self.inlineFileLimit {
      attachments.append(part)
      return
    }
    if part.body.starts(with: "-----BEGIN PGP MESSAGE-----".utf8) { announceEncryption("OpenPGP") }
    items.append(.text(part))
    noteCut(part)
  }

  private mutating func addHTML(_ part: Part) {
    items.append(.html(part))
    noteCut(part)
  }

  private mutating func noteCut(_ part: Part) {
    guard part.body.count > textLimit else { return }
    closingNotices.append(
      "Part \(part.number) is \(sizeText(decodedSize(of: part))) long; the first \(sizeText(textLimit)) of it are shown."
    )
  }

  private mutating func addMessage(_ part: Part) {
    guard let root = part.embeddedMessage else { return }
    items.append(.message(root))
    add(root)
    items.append(.endOfMessage)
  }

  private mutating func addSMIME(_ part: Part, _ type: ContentType) {
    let kind = type["smime-type"]?.lowercased() ?? "enveloped-data"
    if kind.hasPrefix("signed") {
      items.append(.notice("This message is signed with S/MIME in a form that hides its text; mail-verify opens it."))
    } else if kind == "certs-only" || kind.hasPrefix("compressed") {
      attachments.append(part)
    } else {
      announceEncryption("S/MIME")
    }
  }

  private mutating func announceEncryption(_ method: String) {
    isEncrypted = true
    items.append(.notice("This message is encrypted with \(method); mail-decrypt makes it readable."))
  }

  // MARK: Multiparts

  private mutating func addMultipart(_ part: Part, _ type: ContentType) {
    let children = part.children
    switch type.subtype {
    case "alternative": addAlternative(children)
    case "related": addRelated(children, start: type["start"])
    case "encrypted":
      announceEncryption((type["protocol"] ?? "").lowercased().hasPrefix("application/pgp") ? "OpenPGP" : "S/MIME")
    case "signed":
      let isPGP = (type["protocol"] ?? "").lowercased().hasPrefix("application/pgp")
      closingNotices.append(
        "Signed with \(isPGP ? "OpenPGP" : "S/MIME"); mail-verify says whether the signature is good.")
      add(children[0])
      for child in children.dropFirst(2) { add(child) }
    default: for child in children { add(child) }
    }
  }

  /// Shows one of several forms of the same: plain text, unless it says nothing.
  private mutating func addAlternative(_ children: [Part]) {
    let isReadable = children.map { Self.readableForm(of: $0) != nil }
    let hasHTML = children.contains { Self.htmlPart(of: $0) != nil }
    var chosen = children.firstIndex { child in
      guard let plain = Self.readableForm(of: child), plain.contentType.isText("plain") else { return false }
      return !hasHTML || !saysNothing(plain)
    }
    if prefersHTML { chosen = children.lastIndex { Self.htmlPart(of: $0) != nil } ?? chosen }
    chosen = chosen ?? isReadable.lastIndex(of: true)
    for (index, child) in children.enumerated() {
      if index == chosen { add(child) } else { listFiles(in: child) }
    }
    if chosen == nil, let last = children.last, !last.contentType.isMultipart,
      !attachments.contains(where: { $0.number == last.number })
    {
      add(last)
    }
  }

  private mutating func addRelated(_ children: [Part], start: String?) {
    let id = start.map { $0.filter { $0 != "<" && $0 != ">" } }
    let root = children.firstIndex { id != nil && $0.contentID == id } ?? 0
    add(children[root])
    for (index, child) in children.enumerated() where index != root { listFiles(in: child) }
  }

  /// The text that `part` would show, itself or the first of its children.
  private static func readableForm(of part: Part) -> Part? {
    let type = part.contentType
    if type.isText("plain") || isHTML(part) || type.isText("enriched") {
      return part.disposition?.isAttachment ?? false ? nil : part
    }
    guard type.isMultipart, let first = part.children.first else { return nil }
    return readableForm(of: first)
  }

  /// Lists what is in a part that isn't shown: files, and inline images.
  private mutating func listFiles(in part: Part) {
    let type = part.contentType
    if type.isMultipart {
      for child in part.children { listFiles(in: child) }
    } else if part.isAttachment || part.filename != nil || type.type != "text" {
      attachments.append(part)
    }
  }
}

/// A plain text that only says that the message is to be read as HTML.
func saysNothing(_ part: Part) -> Bool {
  guard part.body.count < 4096 else { return false }
  let text = part.text(limit: 4096).lowercased()
  let words = text.unicodeScalars.filter { $0.properties.isAlphabetic }.count
  if words < 3 { return true }
  guard text.utf8.count < 600 else { return false }
  let bytes = Array(text.utf8)
  return excuses.contains { occurs(Array($0.utf8), in: bytes) }
}

private func occurs(_ word: [UInt8], in text: [UInt8]) -> Bool {
  guard text.count >= word.count else { return false }
  return (0...(text.count - word.count)).contains { text[$0...].starts(with: word) }
}

private let excuses = [
  "support html", "html-capable", "html capable", "html-enabled", "html enabled", "html-compatible", "html compatible",
  "view this email in", "view this message in", "view the html", "html version", "html format", "display html",
  "html email", "html e-mail", "html message", "html mail", "read html",
]
