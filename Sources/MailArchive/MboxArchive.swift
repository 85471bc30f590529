internal import MailFormats
internal import MailMIME
internal import MailStore
internal import MailSystem

/// An mbox that can be read. Its messages have numbers and no names.
struct MboxArchive: OpenArchive {
  let path: String
  let problems: [String] = []
  let colours: [String: String] = [:]
  /// That is only known at its end.
  let count: Int? = nil

  /// Calls `body` with each message that is one until it gives false.
  private func forEach(_ body: (ArchivedMessage, MboxMessage) throws -> Bool) throws {
    let file = try File(path)
    let descriptor = file.descriptor
    let path = path
    let window = ByteWindow { buffer in
      let piece = try readToEnd(descriptor, limit: 1 << 20, path: path)
      buffer += piece
      return !piece.isEmpty
    }
    try forEachMboxMessage(in: window, body)
    try file.close()
  }

  /// The bytes of the message with the number `name`.
  func read(_ name: String) throws -> [UInt8] {
    var found: MboxMessage?
    if let wanted = Int(name) {
      try forEach { message, contents in
        if message.number == wanted { found = contents }
        return found == nil
      }
    }
    guard let found, !found.isTooLarge else { throw ArchiveError.noSuchMessage(archive: path, name) }
    return found.bytes
  }

  func forEachRow(_ body: (ArchivedMessage, Result<MessageRow, any Error>) throws -> Void) throws -> Int {
    try forEach { message, contents in
      try body(message, .success(message.row(contents.bytes)))
      return true
    }
    return 0
  }
}

/// Calls `body` with each message of an mbox that is one, numbered from 1, until it gives false.
func forEachMboxMessage(in window: ByteWindow, _ body: (ArchivedMessage, MboxMessage) throws -> Bool) throws {
  var reader = MboxReader(window, sizeLimit: 1 << 30)
  var number = 0
  while let message = try reader.next() {
    if interruptRequested() { break }
    if message.fields.isInternal || message.fields.isExpunged { continue }
    number += 1
    if try !body(ArchivedMessage(message, number: number), message) { break }
  }
}

extension ArchivedMessage {
  fileprivate init(_ message: MboxMessage, number: Int) {
    self.init(number: number, file: "")
    let fields = message.fields
    received = (message.fromLine?.date ?? fields.received ?? fields.date)?.seconds
    // The bits of both are the same.
    flags = MessageFlags(rawValue: Int64(fields.marks.rawValue))
    // Nothing says that it hasn't been read.
    if !fields.saysRead { flags.insert(.seen) }
    apply(keywords: fields.keywords)
  }
}
