internal import MailBytes
internal import MailFormats
internal import MailMIME
internal import MailStore
internal import MailSystem

/// Finds out whether a message is there already: in the store, in any folder but Trash, or earlier in the same import.
///
/// Two messages are the same when they have the same Message-ID and the same body, line breaks and what is above the body
/// apart: a copy that came another way has other Received fields. Without a Message-ID they have to be equal byte for byte.
final class Duplicates {
  private let store: Store?
  private let hash = KeyedHash(key0: .random(in: .min ... .max), key1: .random(in: .min ... .max))
  private var seen: Set<UInt64> = []
  private var trash: Set<Int64>?
  /// The messages of the store that have no Message-ID, by their size.
  private var anonymous: [Int64: [Int64]]?

  init(_ store: Store?) { self.store = store }

  func contains(_ message: FoundMessage) throws -> Bool {
    let identifier = Envelope(headerOf: Message(parsingHeaderOf: message.bytes)).messageID ?? ""
    let print = fingerprint(message.bytes, identifier)
    guard seen.insert(print).inserted else { return true }
    guard let store else { return false }
    let candidates =
      identifier.isEmpty
      ? try withoutIdentifier(Int64(message.bytes.count), store) : try store.messageNumbers(messageID: identifier)
    for id in candidates {
      guard let row = try store.message(id: id), try !trashFolders(store).contains(row.folder) else { continue }
      // One that can't be read is not known to be the same.
      guard let path = try store.presentPath(of: row), let bytes = try? readFile(path) else { continue }
      if fingerprint(bytes, identifier) == print { return true }
    }
    return false
  }

  private func fingerprint(_ bytes: [UInt8], _ identifier: String) -> UInt64 {
    if identifier.isEmpty { return hash.hash(bytes.span) }
    var told = Array(identifier.utf8)
    told.append(0)
    let start = bodyStart(bytes)
    told.reserveCapacity(told.count + bytes.count - start)
    for byte in bytes[start...] where byte != 0x0D { told.append(byte) }
    while told.last == 0x0A { told.removeLast() }
    return hash.hash(told.span)
  }

  private func bodyStart(_ bytes: [UInt8]) -> Int {
    var lines = HeaderLines(from: 0, to: bytes.count)
    while lines.next(in: bytes.span) != nil {}
    return lines.bodyStart ?? bytes.count
  }

  private func withoutIdentifier(_ size: Int64, _ store: Store) throws -> [Int64] {
    if anonymous == nil {
      anonymous = Dictionary(grouping: try store.messagesWithoutID(), by: \.size).mapValues { $0.map(\.id) }
    }
    return anonymous?[size] ?? []
  }

  private func trashFolders(_ store: Store) throws -> Set<Int64> {
    if let trash { return trash }
    let folders = try store.folders()
    let name = folders.first { $0.role == .trash }?.name
    let found = Set(
      folders.filter { $0.name == name || $0.name.hasPrefix((name ?? "") + "/") && name != nil }.map(\.id))
    trash = found
    return found
  }
}
