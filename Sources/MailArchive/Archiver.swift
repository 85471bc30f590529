public import MailStore
internal import MailSystem

/// The form of an archive.
public enum ArchiveForm: String, Sendable, CaseIterable {
  /// A zip file of `.eml` files in folders, with a manifest.
  case zip
  /// One mbox file.
  case mbox
  /// A Maildir with its folders, and a manifest.
  case maildir

  /// What names of archives of this form end in.
  public var ending: String {
    switch self {
    case .zip: ".zip"
    case .mbox: ".mbox"
    case .maildir: ""
    }
  }

  /// The form that the name of a file asks for; nil when it asks for none.
  public init?(path: String) {
    let name = path.lowercased()
    if name.hasSuffix(".zip") {
      self = .zip
    } else if name.hasSuffix(".mbox") || name.hasSuffix(".mbx") {
      self = .mbox
    } else if name.hasSuffix("/") || name.hasSuffix("maildir") {
      self = .maildir
    } else {
      return nil
    }
  }
}

/// What an archive has become.
public struct ArchiveResult: Sendable {
  /// The absolute path of the archive.
  public let path: String
  /// The number of messages in it.
  public let messages: Int
  /// The size of the messages in bytes.
  public let bytes: Int64
  /// The size of the archive in bytes; that of the messages for a Maildir.
  public let size: Int64
  /// How many messages had gone, or gone elsewhere, before they could be read.
  public let missing: Int
  /// Places in the selection of the messages that are in the archive byte by byte.
  let verified: [Int]
}

/// Writes messages into an archive, and removes them from the store when they are safe in it.
public struct Archiver {
  /// What is going on, for a progress bar.
  public enum Phase: Sendable { case writing, comparing }

  let store: Store
  let selection: ArchiveSelection

  public init(_ store: Store, _ selection: ArchiveSelection) {
    self.store = store
    self.selection = selection
  }

  /// Makes the archive `path`, which must not exist: under another name, synced, read back and compared with each message,
  /// and only then called `path`. On the disk when this returns. With `isCareful` it is read back from the disk.
  ///
  /// After an error, or an interrupt (`ArchiveError.interrupted`), nothing is left of it.
  public func write(
    _ path: String, as form: ArchiveForm, isCareful: Bool, progress: (Phase, Int) -> Void
  ) throws -> ArchiveResult {
    let path = absolutePath(path)
    try checkTarget(path)
    switch form {
    case .zip: return try write(path, ZipOutput.self, isCareful, progress)
    case .mbox: return try write(path, MboxOutput.self, isCareful, progress)
    case .maildir: return try write(path, MaildirOutput.self, isCareful, progress)
    }
  }

  private func checkTarget(_ path: String) throws {
    do throws(SystemError) {
      _ = try fileStatus(path, followLinks: false)
    } catch {
      guard error.isNotFound else { throw error }
      guard isDirectory(parentDirectory(of: path)) else { throw ArchiveError.noDirectory(parentDirectory(of: path)) }
      return
    }
    throw ArchiveError.exists(path)
  }

  private func write<Output: ArchiveOutput>(
    _ path: String, _ type: Output.Type, _ isCareful: Bool, _ progress: (Phase, Int) -> Void
  ) throws -> ArchiveResult {
    let temporary = "\(parentDirectory(of: path))/.\(lastComponent(of: path)).\(processID()).new"
    let output = try Output(temporary, selection)
    do {
      let written = try fill(output) { progress(.writing, $0) }
      try output.finish()
      let verified = try compare(output, written, isCareful) { progress(.comparing, $0) }
      let status = try fileStatus(temporary)
      // INVARIANT: synced and compared before it has its name; messages are removed only after its directory is synced.
      try renameExclusively(temporary, to: path)
      try synchroniseDirectory(parentDirectory(of: path))
      let bytes = written.reduce(0) { $0 + selection.items[$1].size }
      return ArchiveResult(
        path: path, messages: written.count, bytes: bytes, size: status.isDirectory ? bytes : status.size,
        missing: selection.count - written.count, verified: verified)
    } catch {
      output.remove()
      throw error
    }
  }

  private func renameExclusively(_ temporary: String, to path: String) throws {
    do throws(SystemError) {
      try renameFileExclusively(temporary, to: path)
    } catch {
      throw error.isExisting ? ArchiveError.exists(path) : error
    }
  }

  /// Puts all messages into `output`; the places of those that were still there.
  private func fill<Output: ArchiveOutput>(_ output: Output, progress: (Int) -> Void) throws -> [Int] {
    var written: [Int] = []
    let feed = MessageFeed(store: store, selection: selection)
    try feed.forEach(Array(selection.items.indices), prepare: output.preparation) { index, prepared in
      guard let prepared else { return }
      let item = selection.items[index]
      let comment = item.flags.contains(.commented) ? try store.comment(on: item.id) : nil
      try output.append(index, prepared, comment: comment)
      written.append(index)
      progress(index + 1)
    }
    return written
  }

  /// Compares what is in `output` with the messages in the store; the places of those that are still there, and are the same.
  private func compare<Output: ArchiveOutput>(
    _ output: Output, _ written: [Int], _ isCareful: Bool, progress: (Int) -> Void
  ) throws -> [Int] {
    var verified: [Int] = []
    let feed = MessageFeed(store: store, selection: selection)
    try feed.forEach(written, prepare: output.comparison(isCareful: isCareful)) { index, isSame in
      guard let isSame else { return }
      let item = selection.items[index]
      guard isSame else { throw ArchiveError.differs("\(selection.folders[item.folder].path)/\(item.name)") }
      verified.append(index)
      progress(verified.count)
    }
    return verified
  }

  /// Removes the messages from the store that `result` holds byte by byte, for good. One that has another file by now, as
  /// after a part of it was removed, stays.
  public func delete(_ result: ArchiveResult, progress: (Int) -> Void) throws -> RemoveResult {
    let keys = Dictionary(
      result.verified.map { (selection.items[$0].id, selection.items[$0].key) }, uniquingKeysWith: { first, _ in first }
    )
    var request = ListRequest()
    request.ids = result.verified.map { selection.items[$0].id }
    var ids: [Int64] = []
    try store.list(request) { row in
      let key = row.name.dropFirst(4).prefix { $0 != "," && $0 != ":" }
      if keys[row.id] == key { ids.append(row.id) }
    }
    return try withoutActuallyEscaping(progress) { progress in try store.remove(ids, progress: progress) }
  }
}
