internal import MailBytes

/// Why nothing can be added to a message.
public enum AdditionRefusal: Error, Hashable, Sendable {
  /// A signature covers the place, and would be no longer good; "OpenPGP" or "S/MIME".
  case signed(String)
  /// The message is encrypted, or signed in a form that hides it; "OpenPGP" or "S/MIME".
  case sealed(String)
}

/// How parts come into a message.
public struct PartAddition: Sendable {
  /// Where they stand.
  public enum Place: Sendable, Hashable {
    /// Behind everything, in a multipart/mixed.
    case mixed
    /// Beside the HTML that shows them, in a multipart/related. RFC 2387.
    case related(html: Int)
  }

  /// The new message.
  public fileprivate(set) var pieces: [MessagePiece] = []
  /// The boundaries that lines of the new parts must not begin with, behind two hyphens.
  public fileprivate(set) var boundaries: [String] = []
}

extension Message {
  /// The text in HTML that the reader of the message sees: the first one that is no attachment and in no attached message;
  /// nil when there is none.
  public var html: Part? {
    var pending = [root]
    while let part = pending.popLast() {
      if part.record.kind == .multipart {
        pending += part.children.reversed()
      } else if part.record.kind == .leaf, part.contentType.isText("html"), !part.isAttachment {
        return part
      }
    }
    return nil
  }

  /// Adds `count` parts at `place`; everything else stays octet for octet, but for the fields that say what the message
  /// holds. `encoding` is the widest of the parts, and `isFree` says that a boundary doesn't occur in them.
  ///
  /// The parts go into the multipart that is there, or into a new one, which then holds what was there before as its first
  /// part. Throws what speaks against it.
  public func adding(
    _ count: Int, at place: PartAddition.Place, encoding: TransferEncoding = .sevenBit,
    isFree: (String) -> Bool = { _ in true }
  ) throws(AdditionRefusal) -> PartAddition {
    var target = root
    var subtype = "mixed"
    if case .related(let index) = place, structure.records.indices.contains(index) {
      target = Part(message: self, index: index)
      subtype = "related"
    }
    if let refusal = target.additionRefusal { throw refusal }
    var writer = AdditionWriter(message: self, count: count, encoding: encoding)
    if let multipart = target.openMultipart(subtype), isFree(multipart.contentType["boundary"] ?? "") {
      writer.append(to: multipart)
    } else {
      writer.wrap(target, in: subtype, boundary: freshBoundary(isFree))
    }
    return writer.addition
  }

  /// A boundary that occurs neither here nor where `isFree` denies it.
  private func freshBoundary(_ isFree: (String) -> Bool) -> String {
    var seed = fastHash(bytes.span)
    while true {
      let boundary = boundaryText(seed)
      if isFree(boundary), !contains(bytes.span, boundary.utf8.span) { return boundary }
      seed = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    }
  }
}

extension Part {
  /// Where the part stands, for `PartAddition.Place`.
  public var place: PartAddition.Place { .related(html: index) }

  fileprivate var additionRefusal: AdditionRefusal? {
    switch removability {
    case .breaksSignature(let method): return .signed(method)
    case .sealed(let method): return .sealed(method)
    default: break
    }
    guard record.kind == .multipart else { return nil }
    // Of a multipart the removability says nothing.
    var part: Part? = self
    while let current = part {
      let type = current.contentType
      if type.isMultipart, type.subtype == "signed" || type.subtype == "encrypted" {
        let method = (type["protocol"] ?? "").lowercased().hasPrefix("application/pgp") ? "OpenPGP" : "S/MIME"
        return type.subtype == "signed" ? .signed(method) : .sealed(method)
      }
      part = current.parent
    }
    return nil
  }

  /// The multipart/`subtype` that the part is, or for related is shown in, if something can be added to it as it stands.
  fileprivate func openMultipart(_ subtype: String) -> Part? {
    var part: Part? = self
    while let current = part, current.record.kind != .message {
      if current.record.kind == .multipart, current.contentType.subtype == subtype {
        return current.record.boundaryIsKnown && !current.children.isEmpty ? current : nil
      }
      if subtype == "mixed" || current.isMessageRoot { return nil }
      part = current.parent
    }
    return nil
  }
}

/// Writes the changes that an addition makes.
private struct AdditionWriter {
  let message: Message
  let count: Int
  let encoding: TransferEncoding
  let newline: [UInt8]
  private var editor = PieceEditor()
  private var boundaries: [String] = []

  init(message: Message, count: Int, encoding: TransferEncoding) {
    self.message = message
    self.count = count
    self.encoding = encoding
    newline = message.lineBreak
  }

  var addition: PartAddition {
    var addition = PartAddition()
    addition.pieces = editor.pieces(of: message.bytes.count)
    addition.boundaries = boundaries
    return addition
  }

  private func delimiter(_ boundary: String, _ end: String = "") -> [UInt8] {
    newline + Array("--\(boundary)\(end)".utf8)
  }

  private func parts(_ boundary: String) -> [MessagePiece] {
    (0..<count).flatMap { [.bytes(delimiter(boundary) + newline), .part($0)] }
  }

  // MARK: Into a multipart that is there

  mutating func append(to multipart: Part) {
    let boundary = multipart.contentType["boundary"] ?? ""
    let bytes = message.bytes
    let end = multipart.children.last?.record.body.upperBound ?? multipart.record.body.upperBound
    var pieces = parts(boundary)
    let rest = bytes[end..<multipart.record.body.upperBound]
    if rest.isEmpty || !rest.contains(0x2D) {
      // A multipart that was never closed.
      pieces.append(.bytes(delimiter(boundary, "--") + newline))
    } else if rest.first != newline[0] {
      // Behind an empty part the line break before the delimiter is the one that ended its header.
      pieces.append(.bytes(newline))
    }
    editor.replace(end..<end, with: pieces)
    boundaries.append(boundary)
    widen(multipart)
  }

  /// Says of `part` and those around it that they hold octets above ASCII, where new parts do and they didn't.
  private mutating func widen(_ part: Part?) {
    var part = part
    while let current = part {
      if let boundary = current.contentType["boundary"], !boundaries.contains(boundary) { boundaries.append(boundary) }
      if encoding > current.transferEncoding, current.record.kind == .multipart {
        let field = HeaderField.value("Content-Transfer-Encoding", encoding.rawValue).octets(options)
        var isWritten = false
        current.forEachField { name, range in
          guard name == "content-transfer-encoding", !isWritten else { return }
          editor.replace(range, with: [.bytes(field)])
          isWritten = true
        }
        if !isWritten { editor.insertFields(field, in: current) }
      }
      part = current.parent
    }
  }

  // MARK: Into a new one

  mutating func wrap(_ part: Part, in subtype: String, boundary: String) {
    let body = part.record.body
    var inner = innerHeader(of: part)
    let held = heldEncoding(of: part, &inner)
    var parameters = [Parameter(name: "boundary", value: boundary)]
    if subtype == "related" { parameters.insert(Parameter(name: "type", value: part.contentType.mediaType), at: 0) }
    var outer = HeaderField.parameters("Content-Type", "multipart/\(subtype)", parameters).octets(options)
    let widest = max(held, encoding)
    if widest > .sevenBit { outer += HeaderField.value("Content-Transfer-Encoding", widest.rawValue).octets(options) }
    var hasVersion = false
    var isWritten = false
    part.forEachField { name, range in
      if name == "mime-version" { hasVersion = true }
      guard name.hasPrefix("content-") else { return }
      editor.replace(range, with: [.bytes(name == "content-type" && !isWritten ? outer : [])])
      if name == "content-type" { isWritten = true }
    }
    var added = isWritten ? [] : outer
    if !hasVersion, part.isMessageRoot { added = HeaderField.value("MIME-Version", "1.0").octets(options) + added }
    let needsEnd = part.fieldsEnd == part.record.header.upperBound
    if !added.isEmpty || needsEnd { editor.insertFields(added, in: part) }
    let first = Array("--\(boundary)".utf8) + newline + inner + newline
    editor.replace(body.lowerBound..<body.lowerBound, with: [.bytes(first)])
    editor.replace(
      body.upperBound..<body.upperBound, with: parts(boundary) + [.bytes(delimiter(boundary, "--") + ending(part))])
    boundaries.append(boundary)
    widen(part.parent)
  }

  /// The fields that go with what the part holds.
  private func innerHeader(of part: Part) -> [UInt8] {
    var header: [UInt8] = []
    part.forEachField { name, range in
      guard name.hasPrefix("content-"), name != "content-length" else { return }
      header += message.bytes[range]
      if header.last != newline[newline.count - 1] { header += newline }
    }
    return header
  }

  /// The encoding that a multipart around the part has to name. Octets above ASCII that no field tells of are told of now.
  private func heldEncoding(of part: Part, _ header: inout [UInt8]) -> TransferEncoding {
    switch part.transferEncoding {
    case .base64, .quotedPrintable: return .sevenBit
    case .eightBit: return .eightBit
    case .binary, .other: return .binary
    case .sevenBit: break
    }
    guard part.body.contains(where: { $0 >= 0x80 }) else { return .sevenBit }
    if part.headers["Content-Type"] == nil {
      let charset = isValidUTF8(part.body.span) ? "utf-8" : "unknown-8bit"
      header += HeaderField.value("Content-Type", "text/plain; charset=\(charset)").octets(options)
    }
    if part.headers["Content-Transfer-Encoding"] == nil {
      header += HeaderField.value("Content-Transfer-Encoding", "8bit").octets(options)
    }
    return .eightBit
  }

  /// A line break behind the last delimiter, unless that of the multipart around it follows.
  private func ending(_ part: Part) -> [UInt8] {
    let end = part.record.body.upperBound
    guard end < message.bytes.count else { return newline }
    return message.bytes[end] == newline[0] ? [] : newline
  }

  private var options: MessageBuilder.Options {
    var options = MessageBuilder.Options()
    options.usesCRLF = newline.count > 1
    return options
  }
}
