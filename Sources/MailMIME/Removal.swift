/// What taking a part out of its message means.
public enum Removability: Sendable, Hashable {
  /// The rest of the message stays what it is.
  case free
  /// A signature covers the part, and is no longer good without it; "OpenPGP" or "S/MIME".
  case breaksSignature(String)
  /// The part is, or is inside, what was encrypted, or signed in a form that hides it; "OpenPGP" or "S/MIME".
  case sealed(String)
  /// The part holds other parts, which can be taken out one by one.
  case multipart
  /// It has been taken out before; what is here is the trace.
  case removed
}

/// What a removed part has left behind: `message/external-body` of an access type that says that there is nothing to
/// access. RFC 2046, section 5.2.3.
public struct PartTrace: Sendable, Hashable {
  /// The name that the part bore.
  public var name: String?
  /// Its media type, such as `application/pdf`.
  public var mediaType: String
  /// Its size without the transfer encoding, in bytes; nil if the trace doesn't say.
  public var size: Int?
  /// When it was removed.
  public var removed: MailDate?

  /// What is known of a part that was removed.
  public init(name: String?, mediaType: String, size: Int?, removed: MailDate?) {
    self.name = name
    self.mediaType = mediaType
    self.size = size
    self.removed = removed
  }
}

/// The access type of a trace.
///
/// QUIRK: RFC 2046 has none for what is gone for good. Mutt writes and shows this one, and it is the only one that more than
/// one program knows.
let removedAccessType = "x-mutt-deleted"

extension Part {
  /// What taking this part out of the message means.
  public var removability: Removability {
    if record.kind == .multipart, !children.isEmpty { return .multipart }
    var result: Removability = .free
    var part: Part? = self
    while let current = part {
      let type = current.contentType
      if type.isSealedSMIME { return .sealed("S/MIME") }
      if current.record.kind == .multipart {
        let method = (type["protocol"] ?? "").lowercased().hasPrefix("application/pgp") ? "OpenPGP" : "S/MIME"
        if type.subtype == "encrypted" { return .sealed(method) }
        if type.subtype == "signed" { result = .breaksSignature(method) }
      }
      part = current.parent
    }
    return result == .free && trace != nil ? .removed : result
  }

  /// What this part says about a part that was removed and whose place it has taken; nil for every other part.
  public var trace: PartTrace? {
    let type = contentType
    guard type.type == "message", type.subtype == "external-body",
      type["access-type"]?.lowercased() == removedAccessType
    else { return nil }
    // The header of the removed part stands at the begin of the body.
    let phantom = Message(parsingHeaderOf: Array(body.prefix(phantomLimit))).root
    let size = (type["size"] ?? type["length"]).flatMap { Int($0) }
    return PartTrace(
      name: phantom.filename, mediaType: phantom.contentType.mediaType, size: size,
      removed: type["expiration"].flatMap { MailDate(parsing: $0) })
  }
}

extension ContentType {
  /// Whether this is S/MIME whose content can't be seen: encrypted, or signed in one piece. RFC 8551, section 3.2.
  fileprivate var isSealedSMIME: Bool {
    guard type == "application", subtype == "pkcs7-mime" || subtype == "x-pkcs7-mime" else { return false }
    switch self["smime-type"]?.lowercased() {
    case "certs-only", "compressed-data": return false
    default: return true
    }
  }
}

/// So much of the header of a removed part is kept.
private let phantomLimit = 8 << 10

extension Message {
  /// The message with a short trace in the place of each of `parts`, which are parts of it: what they were, and that they
  /// were removed at `date`. Everything else stays byte for byte. A part inside another one goes with it; multiparts, and
  /// what was removed before, stay. Nil where a message is so damaged that its other parts would not be read as before.
  public func removing(_ parts: [Part], at date: MailDate) -> [UInt8]? {
    let removed = parts.filter { $0.removability != .multipart && $0.trace == nil }
    let indexes = Set(removed.map(\.index))
    // INVARIANT: each part once, and none inside another one, so that no two edits touch the same octets.
    var edits = indexes.filter { !isInside($0, indexes) }.flatMap { index in
      TraceWriter(part: Part(message: self, index: index), date: date).edits
    }
    edits.sort { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
    var result: [UInt8] = []
    var position = 0
    for edit in edits {
      result += bytes[position..<edit.range.lowerBound]
      result += edit.bytes
      position = edit.range.upperBound
    }
    result += bytes[position...]
    return Message(parsing: result).isSame(as: self, but: indexes) ? result : nil
  }

  /// Whether this message has the parts of `original`, with traces in the place of those in `removed`.
  private func isSame(as original: Message, but removed: Set<Int>) -> Bool {
    let before = original.allParts.filter { !original.isInside($0.index, removed) }
    let after = allParts
    guard before.count == after.count else { return false }
    return zip(before, after).allSatisfy { old, new in
      if removed.contains(old.index) { return new.trace != nil }
      // A message whose only part was removed has another header, and those around a removed part another body.
      return new.record.kind != .leaf
        || (new.body.elementsEqual(old.body) && new.rawHeader.elementsEqual(old.rawHeader))
    }
  }

  /// Whether a part around the part `index` is among `outer`.
  private func isInside(_ index: Int, _ outer: Set<Int>) -> Bool {
    var current = structure.records[index].parent
    while current >= 0 {
      if outer.contains(current) { return true }
      current = structure.records[current].parent
    }
    return false
  }
}
