internal import MailBytes
internal import MailMIME

/// A message in the form that one server takes.
struct MessageRendition {
  let form: MessageForm
  private let source: MessageSource
  private let rewriter: MessageRewriter?

  /// Chooses the form for `server`: as the message is where that can be, else rewritten. Reads the message once, twice when
  /// it is rewritten. `isInternational`: an address of the envelope needs SMTPUTF8. Throws `needsUTF8` or `notSendable`.
  init(
    _ source: MessageSource, _ traits: MessageTraits, isInternational: Bool, for server: SMTPCapabilities
  ) throws(SMTPError) {
    self.source = source
    let body = traits.body
    var form = MessageForm()
    form.isInternational = isInternational && server.hasSMTPUTF8
    let keepsUTF8 = form.isInternational
    let canBeBinary = body.isBroken && server.hasBinaryMIME && !traits.header.hasBareLF
    if canBeBinary, !traits.header.isBroken, !traits.header.is8Bit || keepsUTF8, try source.saysBinary() {
      form.body = .binary
      form.size = source.count
      rewriter = nil
    } else if body.isBroken || (body.is8Bit && !server.has8BitMIME) || traits.header.isBroken
      || (traits.header.is8Bit && !keepsUTF8)
    {
      let rewriter = MessageRewriter(
        try source.load(), keeps8Bit: server.has8BitMIME, keepsUTF8: keepsUTF8, hasLineFeed: traits.hasLineFeed)
      var rewritten = MessageTraits()
      try rewriter.write { (piece) throws(SMTPError) in rewritten.take(piece.span) }
      rewritten.finish()
      form.body = rewritten.body.is8Bit ? .eightBit : .sevenBit
      form.size = rewritten.size
      self.rewriter = rewriter
    } else {
      form.body = body.is8Bit || traits.header.is8Bit ? .eightBit : .sevenBit
      form.size = traits.size
      rewriter = nil
    }
    self.form = form
  }

  /// Gives the message to `output` in pieces of 64 kB and more, its lines as SMTP wants them: with doubled dots and the
  /// final one for DATA, without for BDAT. The last piece has `isLast`.
  func write(
    doublesDots: Bool, to output: (ArraySlice<UInt8>, _ isLast: Bool) throws(SMTPError) -> Void
  ) throws(SMTPError) {
    var encoder = LineEncoder(doublesDots: doublesDots)
    var buffer: [UInt8] = []
    buffer.reserveCapacity(MessageSource.pieceSize * 5 / 2)
    let take: MessageRewriter.Output = { (piece) throws(SMTPError) in
      if form.body == .binary { buffer += piece } else { encoder.encode(piece.span, into: &buffer) }
      guard buffer.count >= MessageSource.pieceSize else { return }
      try output(buffer[...], false)
      buffer.removeAll(keepingCapacity: true)
    }
    if let rewriter { try rewriter.write(to: take) } else { try source.forEachPiece(take) }
    if form.body != .binary { encoder.finish(into: &buffer) }
    try output(buffer[...], true)
  }
}

extension MessageSource {
  /// The header says that the body is binary: only then its octets may be taken for what they are. RFC 3030, section 3.
  fileprivate func saysBinary() throws(SMTPError) -> Bool {
    var head: [UInt8] = []
    try forEachPiece { (piece) throws(SMTPError) in
      if head.isEmpty { head = Array(piece) }
    }
    return Message(parsingHeaderOf: head).root.transferEncoding == .binary
  }
}
