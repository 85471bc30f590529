public import MailMIME
internal import MailSystem

/// Something that is to become a part of a message.
public struct NewPart: Sendable {
  /// Where it comes from.
  public enum Source: Sendable {
    /// A file, a pipe or a device; `-` is standard input.
    case file(String)
    /// These octets.
    case bytes([UInt8])
    /// A message, which is attached as it is, but for fields that only its sender may see.
    case message([UInt8])
  }

  public var source: Source
  /// The name that receivers see; nil for that of the file.
  public var name: String?
  /// The media type, such as `text/csv`; nil for what it seems to be.
  public var type: String?
  /// The Content-ID, without angle brackets; nil where none is wanted or one has to be found.
  public var contentID: String?
  /// The Content-Description.
  public var description: String?

  /// A part of `source`.
  public init(_ source: Source, name: String? = nil, type: String? = nil) {
    self.source = source
    self.name = name
    self.type = type
  }

  /// What errors call it.
  var label: String {
    switch source {
    case .file("-"): "standard input"
    case .file(let path): path
    case .bytes, .message: name ?? "attachment"
    }
  }

  /// The name for receivers: a name, no path, without characters that can't be seen; nil where there is none.
  var fileName: String? {
    switch source {
    case .file("-"), .bytes: return name.flatMap { safeFileName($0, allowsHidden: true) }
    case .file(let path): return safeFileName(name ?? lastComponent(of: path), allowsHidden: true)
    case .message(let bytes):
      if let name { return safeFileName(name, allowsHidden: true) }
      let subject = Message(parsingHeaderOf: bytes).headers.text("Subject") ?? ""
      // A subject may hold anything, and is no path.
      let text = String(subject.map { $0 == "/" || $0 == "\\" ? "-" : $0 })
      return safeFileName((text.isEmpty ? "message" : text) + ".eml")
    }
  }
}

/// `type/subtype`, perhaps with parameters, as a type that a part can have; nil for what is none, and for multiparts.
public func attachmentType(_ text: String) -> ContentType? {
  // token "/" token, and nothing but parameters behind it. RFC 2045, section 5.1.
  let words = text.utf8.prefix { $0 != UInt8(ascii: ";") && $0 != 0x20 }
    .split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
  let isToken = { (byte: UInt8) in (0x21...0x7E).contains(byte) && !"()<>@,;:\\\"/[]?=".utf8.contains(byte) }
  guard words.count == 2, words.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isToken) }) else { return nil }
  let message = Message(parsing: Array("Content-Type: ".utf8) + text.utf8.filter { $0 >= 0x20 } + [0x0A, 0x0A])
  let type = message.root.contentType
  let isNamed = text.lowercased().hasPrefix(type.mediaType)
  return isNamed && !type.isMultipart && type.mediaType.utf8.count <= 127 ? type : nil
}
