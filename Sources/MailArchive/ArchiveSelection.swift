public import MailStore

/// A message that is to be archived, as the index knows it.
struct ArchiveItem: Sendable {
  let id: Int64
  /// The place of its folder in the selection.
  var folder: Int
  /// The file name below the folder, with `new/` or `cur/`.
  let name: String
  let flags: MessageFlags
  let date: Int64
  let received: Int64
  let size: Int64
  /// The beginning of the subject, as far as names of files need it.
  let subject: String
  let senderAddress: String
  let tags: [String]

  /// What stays the same when the message is moved or marked.
  var key: Substring { name.dropFirst(4).prefix { $0 != "," && $0 != ":" } }
}

/// The messages that go into an archive, in the order they have there: by folder, date and key, so that the same messages
/// always make the same archive.
public struct ArchiveSelection: Sendable {
  /// The folders that the messages lie in, in their order.
  public let folders: [Folder]
  let items: [ArchiveItem]
  /// The colours of those tags that have one and are on one of the messages.
  let colours: [String: String]

  /// The number of messages.
  public var count: Int { items.count }
  /// The size of the messages together, in bytes.
  public var bytes: Int64 { items.reduce(0) { $0 + $1.size } }

  /// The messages of `store` that `request` asks for, those dated before `limit` (seconds since 1970) where one is given.
  public init(_ store: Store, _ request: ListRequest, before limit: Int64? = nil) throws {
    let folders = try store.folders()
    let places = Dictionary(folders.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    var request = request
    request.sort = .date
    request.reverse = true
    var items: [ArchiveItem] = []
    try store.forEachMessage(of: request) { message in
      if let limit, message.date >= limit { return }
      // A folder that was made since the list of folders was read.
      guard let folder = places[message.folder] else { return }
      items.append(
        ArchiveItem(
          id: message.id, folder: folder, name: message.withText(.name) { text($0) }, flags: message.flags,
          date: message.date, received: message.received, size: message.size,
          subject: message.withText(.subject) { text($0.extracting(first: 400)) },
          senderAddress: message.withText(.senderAddress) { text($0) }, tags: message.tags))
    }
    items.sort { left, right in
      if left.folder != right.folder { return left.folder < right.folder }
      return left.date != right.date ? left.date < right.date : left.name.plainName < right.name.plainName
    }
    let used = Set(items.map(\.folder)).sorted()
    self.folders = used.map { folders[$0] }
    for index in items.indices { items[index].folder = used.firstIndex(of: items[index].folder) ?? 0 }
    self.items = items
    let tags = Set(items.flatMap(\.tags))
    colours = tags.isEmpty ? [:] : try store.tagColours().filter { tags.contains($0.key) }.mapValues(\.description)
  }
}

extension String {
  /// The name of a message file without `new/` or `cur/` and without its flags.
  fileprivate var plainName: Substring { dropFirst(4).prefix { $0 != ":" } }
}

/// `bytes` as text; what isn't UTF-8 becomes U+FFFD.
func text(_ bytes: Span<UInt8>) -> String {
  unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
}
