internal import MailBytes
internal import MailMIME
internal import MailMedia
internal import MailSystem

/// Puts images beside the HTML that shows them, and their identifiers into it.
struct InlineWriter {
  private let message: Message
  private let limit: Int
  private let types: MediaTypes
  private(set) var notes: [String] = []
  /// The octets of all images.
  private(set) var count = 0

  init(message: Message, limit: Int, types: MediaTypes) {
    self.message = message
    self.limit = limit
    self.types = types
  }

  /// The message with `parts`. An image that the HTML names by its file, or by `cid:` and its name, is shown there; without
  /// any HTML images follow the text.
  mutating func write(_ parts: [NewPart]) throws -> [UInt8] {
    var options = MessageBuilder.Options()
    options.usesCRLF = message.lineBreak.count > 1
    var ready: [ReadyPart] = []
    var errors: [AttachError] = []
    for part in parts {
      do {
        let one = try ReadyPart(part, types: types, limit: limit - count, newline: options.newline)
        count += one.count
        ready.append(try withBytes(one))
      } catch let error as AttachError {
        errors.append(error)
      }
    }
    if !errors.isEmpty { throw Attacher.Problems(errors: errors) }
    var message = message
    if let html = message.html {
      message = Message(parsing: try shown(&ready, in: html))
    } else {
      notes.append("the message has no HTML: the images follow the text")
      for index in ready.indices { ready[index].part.contentID = identifier(of: ready[index]) }
    }
    let addition: PartAddition
    do throws(AdditionRefusal) {
      addition = try message.adding(ready.count, at: message.html?.place ?? .mixed)
    } catch {
      throw Attacher.Problems(errors: [.refused(error)])
    }
    let writer = PartWriter(options: options, boundaries: addition.boundaries)
    let octets = try ready.map { part in
      let output = Spool(memoryLimit: .max)
      try writer.write(part, disposition: "inline", to: output)
      return try output.contents()
    }
    return message.octets(of: addition.pieces, parts: octets)
  }

  /// The part with its contents in memory: they are needed for the identifier, and images are small.
  private mutating func withBytes(_ ready: ReadyPart) throws -> ReadyPart {
    var ready = ready
    if case .file(let path) = ready.part.source {
      ready.part.name = ready.part.name ?? ready.part.fileName
      let bytes = try (ready.held ?? FileContent(path, limit: ready.count)).bytes()
      if let advice = imageAdvice(bytes, name: path) { notes.append(advice) }
      if ready.type.type != "image" { notes.append("\(path): is no image, but \(ready.type.mediaType)") }
      ready.source = path
      ready.part.source = .bytes(bytes)
      ready.held = nil
    }
    return ready
  }

  private func identifier(of ready: ReadyPart) -> String {
    if let given = ready.part.contentID { return given }
    guard case .bytes(let bytes) = ready.part.source else { return "" }
    let domain = message.headers.addresses("From").first.map { Punycode.asciiDomain(String($0.domain)) } ?? ""
    return contentID(of: bytes, host: domain.isEmpty ? "postbag.invalid" : domain)
  }

  /// The message with the HTML changed where it names a file; each part gets its identifier.
  private mutating func shown(_ ready: inout [ReadyPart], in html: Part) throws -> [UInt8] {
    let old = html.decodedBody()
    for index in ready.indices {
      // `cid:logo.png` is a good identifier, if nobody gave another.
      let name = ready[index].part.fileName ?? ""
      let isNamed = ready[index].part.contentID == nil && isIdentifier(name) && contains(old, "cid:\(name)")
      ready[index].part.contentID = isNamed ? name : identifier(of: ready[index])
    }
    let new = mapImageSources(of: old) { address in
      let wanted = address.lowercased().hasPrefix("cid:") ? String(address.dropFirst(4)) : address
      guard let path = localPath(wanted) else { return nil }
      guard let found = ready.first(where: { $0.isCalled(path) }), let identifier = found.part.contentID else {
        return nil
      }
      return wanted == identifier ? nil : "cid:\(identifier)"
    }
    for one in ready where !contains(new, "cid:\(one.part.contentID ?? "")") {
      notes.append(
        "the HTML does not show \(one.source ?? one.part.label); it is <img src=\"cid:\(one.part.contentID ?? "")\">")
    }
    if new == old { return message.bytes }
    var result = Array(message.bytes[..<html.bodyRange.lowerBound])
    let newline = message.lineBreak
    switch html.transferEncoding {
    case .base64: result += Base64.encode(new.span, lineLength: 76, newline: newline)
    case .quotedPrintable: result += QuotedPrintable.encode(new.span, newline: newline)
    default: result += new
    }
    return result + message.bytes[html.bodyRange.upperBound...]
  }

  /// What can stand in a Content-ID and, as it is, behind `cid:`.
  private func isIdentifier(_ name: String) -> Bool {
    !name.isEmpty
      && name.utf8.allSatisfy { $0.isLetter || $0.isDigit || $0 == 0x2E || $0 == 0x2D || $0 == 0x5F || $0 == 0x40 }
  }
}

/// Whether `text` has `word` anywhere.
func contains(_ text: [UInt8], _ word: String) -> Bool {
  let word = Array(word.utf8)
  guard let first = word.first else { return true }
  var index = 0
  while index + word.count <= text.count {
    index = findByte(first, in: text.span, from: index, to: text.count)
    guard index + word.count <= text.count else { return false }
    if text[index..<(index + word.count)].elementsEqual(word) { return true }
    index += 1
  }
  return false
}
