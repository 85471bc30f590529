internal import MailBytes

extension Message {
  /// The edits that put the whole message into a multipart/mixed, with the footer behind it: what is signed stays as it is,
  /// octet for octet.
  func wrapping(with footer: MessageFooter) -> [MessageEdit] {
    let root = self.root
    let lineBreak: [UInt8] = headerUsesCRLF(root) ? [0x0D, 0x0A] : [structure.newline]
    var edits: [MessageEdit] = []
    var inner: [UInt8] = []
    var hasVersion = false
    root.forEachField { name, range in
      if name == "mime-version" { hasVersion = true }
      guard name.hasPrefix("content-") else { return }
      inner += bytes[range]
      if inner.last != structure.newline { inner += lineBreak }
      edits.append(MessageEdit(range: range, bytes: []))
    }
    var options = MessageBuilder.Options()
    options.usesCRLF = lineBreak.count == 2
    options.isSevenBit = true
    var note = BodyPart.text(footer.text + "\n")
    note.disposition = "inline"
    let tail = note.build(options)
    let boundary = self.boundary(avoiding: tail)
    var header: [UInt8] = hasVersion ? [] : Array("MIME-Version: 1.0".utf8) + lineBreak
    header += Array("Content-Type: multipart/mixed; boundary=\"\(boundary)\"".utf8) + lineBreak
    // What says 8bit of the whole has to be said of the parts around it too.
    switch root.transferEncoding {
    case .eightBit, .binary:
      header += Array("Content-Transfer-Encoding: \(root.transferEncoding.rawValue)".utf8) + lineBreak
    default: break
    }
    let end = max(edits.last?.range.upperBound ?? 0, root.fieldsEnd)
    if end > 0, bytes[end - 1] != structure.newline { header = lineBreak + header }
    let delimiter = Array("--\(boundary)".utf8)
    let start = root.bodyRange.lowerBound
    header += lineBreak + delimiter + lineBreak + inner + lineBreak
    edits.append(MessageEdit(range: end..<max(start, end), bytes: header))
    var closing = lineBreak + delimiter + lineBreak + tail + lineBreak + delimiter + [0x2D, 0x2D] + lineBreak
    if lineBreak.count == 2, structure.newline == 0x0D { closing = lineBreak + closing }
    edits.append(MessageEdit(range: bytes.count..<bytes.count, bytes: closing))
    return edits
  }

  /// A boundary that occurs neither in the message nor in `tail`.
  private func boundary(avoiding tail: [UInt8]) -> String {
    var seed = fastHash(bytes.span) &+ fastHash(tail.span)
    while true {
      let boundary = boundaryText(seed)
      if !contains(bytes.span, boundary.utf8.span) { return boundary }
      seed = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    }
  }
}
