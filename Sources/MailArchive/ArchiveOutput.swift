internal import MailStore
internal import MailSystem

/// An archive that is being written under a temporary name, and then compared with the messages in the store.
protocol ArchiveOutput: AnyObject {
  /// A message made ready by one of several threads.
  associatedtype Prepared: Sendable

  /// Begins an archive of `selection` at `path`, where nothing is.
  init(_ path: String, _ selection: ArchiveSelection) throws

  /// Makes the message at a place of the selection, which has these bytes, ready for `append`.
  var preparation: @Sendable (Int, [UInt8]) -> Prepared { get }

  /// Adds the message at place `index` of the selection.
  func append(_ index: Int, _ prepared: Prepared, comment: String?) throws

  /// Writes what comes at the end, and returns when all is on the disk.
  func finish() throws

  /// Tells, when the archive has been finished, whether the message at a place of the selection is in it with these bytes.
  /// With `isCareful` what is read comes from the disk, not from what the system still has in memory.
  func comparison(isCareful: Bool) throws -> @Sendable (Int, [UInt8]) throws -> Bool

  /// Removes what was written.
  func remove()
}

extension ArchiveOutput {
  /// What the manifest says of `item`, which is in the archive as `file`.
  func manifestLine(
    _ item: ArchiveItem, _ selection: ArchiveSelection, file: String, comment: String?
  ) -> Manifest.Message {
    let folder = selection.folders[item.folder]
    var message = Manifest.Message(file: file, folder: folder.name)
    message.role = folder.role
    message.flags = item.flags
    message.tags = item.tags
    message.comment = comment
    message.received = item.received
    message.key = String(item.key)
    return message
  }
}

/// The messages of a selection, read by several threads and handed over in order.
struct MessageFeed {
  /// Longer messages are read by the thread that takes them, so that memory holds few of them.
  private static let longMessage: Int64 = 4 << 20

  let store: Store
  let selection: ArchiveSelection

  /// Calls `prepare` with the bytes of each message at `places` of the selection, on several threads, and `consume` with the
  /// results in order; its result is nil for a message that has gone meanwhile.
  func forEach<Value: Sendable>(
    _ places: [Int], prepare: @escaping @Sendable (Int, [UInt8]) throws -> Value,
    consume: (Int, Value?) throws -> Void
  ) throws {
    let items = selection.items
    let folders = selection.folders.map(\.path)
    let groups = groups(places)
    let produce = { @Sendable (group: Int) -> Result<[Value?], any Error> in
      Result {
        try groups[group].map { index in
          let item = items[index]
          if item.size > MessageFeed.longMessage { return nil }
          return try contents("\(folders[item.folder])/\(item.name)").map { try prepare(index, $0) }
        }
      }
    }
    try orderedPipeline(count: groups.count, workers: min(processorCount(), 8), window: 12, produce: produce) {
      for (index, value) in zip(groups[$0], try $1.get()) {
        if interruptRequested() { throw ArchiveError.interrupted }
        // Those that are long, or under another name by now, are read here.
        try consume(index, value ?? bytes(of: items[index]).map { try prepare(index, $0) })
      }
    }
  }

  /// Pieces of work for a thread: each so much that handing it over costs little beside it.
  private func groups(_ places: [Int]) -> [ArraySlice<Int>] {
    var groups: [ArraySlice<Int>] = []
    var start = 0
    var size: Int64 = 0
    for (index, place) in places.enumerated() {
      size += selection.items[place].size
      guard size > 256 << 10 || index - start == 31 || index == places.count - 1 else { continue }
      groups.append(places[start...index])
      start = index + 1
      size = 0
    }
    return groups
  }

  private func bytes(of item: ArchiveItem) throws -> [UInt8]? {
    if let bytes = try contents("\(selection.folders[item.folder].path)/\(item.name)") { return bytes }
    guard let row = try store.message(id: item.id), let path = try store.presentPath(of: row) else { return nil }
    // Another program may have put another message in its place.
    guard lastComponent(of: path).prefix(while: { $0 != "," && $0 != ":" }) == item.key else { return nil }
    return try contents(path)
  }
}

/// The contents of the file `path`; nil when it isn't there.
private func contents(_ path: String) throws(SystemError) -> [UInt8]? {
  do throws(SystemError) {
    return try readFile(path)
  } catch {
    if error.isNotFound { return nil }
    throw error
  }
}
