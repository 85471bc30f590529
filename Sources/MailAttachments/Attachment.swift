internal import MailBytes
public import MailMIME

/// A part of a message that can be saved.
public struct Attachment: Sendable {
  public let part: Part
  /// People would call it an attachment; else it is the text, an image in it, or a signature.
  public let isAttachment: Bool

  /// The number that names it.
  public var number: String { part.number }
  /// The media type.
  public var mediaType: String { clean(part.contentType.mediaType) }
  /// The size of what is saved, in bytes.
  public var size: Int { bytes.count }
  /// What is saved: the part without its transfer encoding.
  public var bytes: [UInt8] { part.decodedBody() }

  /// The name that the sender gave, for people to read; nil when there is none.
  public var shownName: String? {
    if let name = part.filename { return clean(name) }
    return description.map { clean($0) }
  }

  /// What the part is about: the subject of an attached message, or the description that the sender gave.
  private var description: String? {
    let subject = part.embeddedMessage.flatMap { $0.headers.text("Subject") }
    guard let text = subject ?? part.headers.text("Content-Description"), !text.isEmpty else { return nil }
    return text
  }

  /// The name of the file that it is saved as: what the sender said, made safe, or a name that says what it is.
  public func fileName(allowsHidden: Bool = false) -> String {
    if let name = part.filename, let safe = safeFileName(name, allowsHidden: allowsHidden) { return safe }
    let ending = "." + (MailAttachments.ending(ofType: part.contentType.mediaType) ?? "bin")
    // A subject may hold anything, and is no path.
    let text = description.map { String($0.map { $0 == "/" || $0 == "\\" ? "-" : $0 }) }
    if let text, let safe = safeFileName(text) {
      return safe.lowercased().hasSuffix(ending) ? safe : shortened(safe + ending)
    }
    return "part-\(part.number)\(ending)"
  }

  /// It is a visiting card.
  public var isContact: Bool {
    switch part.contentType.mediaType {
    case "text/vcard", "text/x-vcard": return true
    case "text/directory": return part.contentType["profile"].map { $0.lowercased() == "vcard" } ?? false
    default: return part.filename?.lowercased().hasSuffix(".vcf") ?? false
    }
  }
}

/// The parts of `message` that can be saved, in its order: attachments and attached messages, and what is attached to those;
/// with `all` every part that holds no other one, texts, images in texts and signatures too. What is left of a removed part
/// is none.
public func attachments(of message: Message, all: Bool = false) -> [Attachment] {
  message.allParts.compactMap { part in
    guard part.removability != .multipart, part.trace == nil else { return nil }
    // The root of an attached message is saved with it.
    if part.isMessageRoot, part.parent != nil, part.embeddedMessage != nil { return nil }
    let isAttachment = part.isAttachment || (part.embeddedMessage != nil && !part.isMessageRoot)
    return all || isAttachment ? Attachment(part: part, isAttachment: isAttachment) : nil
  }
}

/// The part of `message` with this number; nil when there is none that can be saved.
public func attachment(_ number: String, of message: Message) -> Attachment? {
  guard !number.isEmpty, let part = message.part(number), part.trace == nil,
    !(part.contentType.isMultipart && !part.children.isEmpty)
  else { return nil }
  return Attachment(part: part, isAttachment: part.isAttachment || part.embeddedMessage != nil)
}
