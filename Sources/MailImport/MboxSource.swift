internal import MailFormats
internal import MailStore
internal import MailSystem

/// An mbox, read from wherever its bytes come from.
struct MboxSource {
  /// For people.
  let name: String
  let variant: MboxVariant?
  /// The folder for its messages.
  let folder: SourceFolder
  /// The folder for the one message of a file that holds no more than that; nil: the same.
  var folderOfSingle: SourceFolder?

  /// Hands all messages to `visitor`; false when there is something, but none of it is a message.
  func read(_ window: ByteWindow, _ visitor: any SourceVisitor) throws -> Bool {
    var reader = MboxReader(window, variant: variant, sizeLimit: visitor.sizeLimit)
    var next = try reader.next()
    if reader.leadingBytes > 0 {
      guard next != nil else { return false }
      let reason = "\(reader.leadingBytes) bytes before the first From line are no message"
      visitor.note(.incomplete(name: name, reason: reason))
    }
    var target = folder
    var isFirst = true
    while let message = next {
      next = try reader.next()
      if isFirst, next == nil, let folderOfSingle { target = folderOfSingle }
      isFirst = false
      try hand(message, target, visitor)
      try visitor.advance(to: reader.position)
    }
    return true
  }

  private func hand(_ message: MboxMessage, _ folder: SourceFolder, _ visitor: any SourceVisitor) throws {
    let place = "\(name): message at byte \(message.offset)"
    if message.fields.isInternal { return }
    if message.fields.isExpunged || message.fields.marks.contains(.deleted) { return visitor.note(.expunged) }
    if message.isTooLarge { return visitor.note(.tooLarge(name: place, size: message.size)) }
    if message.bytes.isEmpty { return visitor.note(.unreadable(name: place, reason: "empty")) }
    var found = FoundMessage(bytes: message.bytes, folder: folder, name: place, order: message.offset)
    found.received = arrival(message.fromLine, message.fields)
    found.apply(message.fields)
    try visitor.take(found)
  }
}
