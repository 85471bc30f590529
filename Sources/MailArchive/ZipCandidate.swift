internal import MailFormats
internal import MailStore
internal import MailSystem
internal import MailZip

/// An entry of a zip file that may hold mail.
struct ZipCandidate: Sendable {
  let entry: ZipEntry
  /// What our manifest says of it.
  let known: Manifest.Message?

  /// The message, if it is one, without a number.
  var listed: ArchivedMessage {
    var message = ArchivedMessage(number: 0, file: entry.name)
    message.received = entry.modified
    if let known {
      message.flags = known.flags
      message.apply(known)
    } else {
      message.folder = folder
      // Nothing says that it hasn't been read.
      message.flags = .seen
    }
    return message
  }

  private var folder: String {
    let folder = parentDirectory(of: entry.name)
    return folder == "." ? "" : folder
  }

  /// Its messages and what lists show of them; nil when it is no mail.
  func rows(in reader: ZipReader) throws -> [(ArchivedMessage, MessageRow)]? {
    var rows: [(ArchivedMessage, MessageRow)] = []
    let isMail = try forEachMessage(in: reader) { message, bytes in
      rows.append((message, message.row(bytes)))
      return true
    }
    if rows.count == 1, known == nil, !hasMailboxName {
      rows[0].0.file = entry.name
      rows[0].0.folder = folder
    }
    return isMail ? rows : nil
  }

  /// Calls `body` with each message in it, without a number, until that gives false; false when it is no mail.
  func forEachMessage(in reader: ZipReader, _ body: (ArchivedMessage, [UInt8]) throws -> Bool) throws -> Bool {
    let bytes = try passingZipErrors { try reader.read(entry) }
    if known != nil {
      _ = try body(listed, bytes)
      return true
    }
    let head = Array(bytes.prefix(16_384))
    switch FileKind(head.span) {
    case .message: _ = try body(listed, bytes)
    case .mbox:
      try forEachMboxMessage(in: ByteWindow(bytes)) { message, contents in
        var message = message
        message.file = "\(entry.name)/\(message.number)"
        message.folder = hasMailboxName ? String(entry.name.dropLast(5)) : entry.name
        return try body(message, contents.bytes)
      }
    case .emlx, .zip, .packed, .empty, .unknown: return false
    }
    return true
  }

  private var hasMailboxName: Bool { entry.name.lowercased().hasSuffix(".mbox") }
}
