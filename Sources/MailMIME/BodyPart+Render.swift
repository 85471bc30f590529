internal import MailBytes

/// A part as it will be sent.
struct RenderedPart {
  var header: [UInt8] = []
  var body: [UInt8]
  var encoding: TransferEncoding
}

extension BodyPart {
  func render(_ options: MessageBuilder.Options) -> RenderedPart {
    var parameters = contentType.parameters
    var rendered: RenderedPart
    switch content {
    case .text(let text):
      rendered = renderedText(text, options)
      if !parameters.contains(where: { $0.name == "charset" }) {
        let charset = isASCII(text.utf8.span) ? "us-ascii" : "utf-8"
        parameters.insert(Parameter(name: "charset", value: charset), at: 0)
      }
    case .data(let data):
      rendered = RenderedPart(
        body: Base64.encode(data.span, lineLength: 76, newline: options.newline), encoding: .base64)
    case .message(let message):
      rendered = RenderedPart(body: message, encoding: identityEncoding(of: message.span))
    case .multipart(let parts):
      let (body, boundary, encoding) = renderedMultipart(parts, options)
      rendered = RenderedPart(body: body, encoding: encoding)
      parameters.removeAll { $0.name == "boundary" }
      parameters.append(Parameter(name: "boundary", value: boundary))
    }
    rendered.header = header(parameters, rendered.encoding, options)
    return rendered
  }

  /// The header of the part for a body in `encoding` that is written by somebody else, and the empty line behind it.
  public func header(encoding: TransferEncoding, _ options: MessageBuilder.Options = .init()) -> [UInt8] {
    header(contentType.parameters, encoding, options) + options.newline
  }

  private func header(
    _ parameters: [Parameter], _ encoding: TransferEncoding, _ options: MessageBuilder.Options
  ) -> [UInt8] {
    var writer = HeaderWriter(newline: options.newline, isSevenBit: options.isSevenBit)
    var parameters = parameters
    if let filename, !parameters.contains(where: { $0.name == "name" }) {
      parameters.append(Parameter(name: "name", value: filename))
    }
    writer.write(.init("Content-Type", .parameters(contentType.mediaType, parameters)))
    if encoding != .sevenBit { writer.write(.init("Content-Transfer-Encoding", .words(encoding.rawValue))) }
    if let disposition {
      let names = filename.map { [Parameter(name: "filename", value: $0)] } ?? []
      writer.write(.init("Content-Disposition", .parameters(disposition, names)))
    }
    if let contentID { writer.write(.init("Content-ID", .messageIDs([contentID]))) }
    if let description { writer.write(.init("Content-Description", .text(description))) }
    return writer.output
  }

  private func renderedMultipart(
    _ parts: [BodyPart], _ options: MessageBuilder.Options
  ) -> (body: [UInt8], boundary: String, encoding: TransferEncoding) {
    let children = parts.map { $0.render(options) }
    let boundary = boundary(avoiding: children.map { $0.body })
    var body: [UInt8] = []
    for child in children {
      body += Array("--\(boundary)".utf8) + options.newline + child.header + options.newline + child.body
      body += options.newline
    }
    body += Array("--\(boundary)--".utf8) + options.newline
    let encodings = children.map { $0.encoding }
    let encoding: TransferEncoding =
      encodings.contains(.binary) ? .binary : encodings.contains(.eightBit) ? .eightBit : .sevenBit
    return (body, boundary, encoding)
  }

  /// A boundary that no line of `bodies` begins with. The underscore behind the equals sign occurs in no
  /// quoted-printable and no base64 text; other text is searched. RFC 2046, section 5.1.1.
  private func boundary(avoiding bodies: [[UInt8]]) -> String {
    var seed: UInt64 = 0
    for body in bodies { seed = seed &* 31 &+ fastHash(body.span) }
    while true {
      let boundary = boundaryText(seed)
      if !bodies.contains(where: { contains($0.span, boundary.utf8.span) }) { return boundary }
      seed = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    }
  }
}

/// A boundary made of `seed`.
func boundaryText(_ seed: UInt64) -> String {
  var boundary = Array("=_".utf8)
  for shift in stride(from: 60, through: 0, by: -4) { boundary.append(hexDigit(UInt8(seed >> UInt64(shift) & 15))) }
  return string(boundary)
}

/// Whether `text` has `word` anywhere.
func contains(_ text: Span<UInt8>, _ word: Span<UInt8>) -> Bool {
  var index = 0
  while index + word.count <= text.count {
    index = findByte(word[0], in: text, from: index, to: text.count)
    if index + word.count <= text.count, equal(text, index, word) { return true }
    index += 1
  }
  return false
}
