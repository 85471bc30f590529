internal import MailBytes
internal import MailSystem

/// The note in a store that an import has begun and not ended: a file in `postbag/` that holds the number of the run, from
/// which the keys of all messages follow. It lies there, locked, as long as the import goes on, and remains when that is
/// interrupted.
///
///     postbag-import 1
///     run 3F2A… 1732400000000000000 example
///     source f 1048576 1732300000000000000 /home/ada/old.mbox
final class ImportJournal {
  /// The run to go on with, or a new one.
  let run: ImportRun
  /// There was an import to go on with.
  let isResumed: Bool
  private let path: String
  private let lock: FileLock

  /// Opens the journal of the import of `sources` with `options` into the store at `root`, or begins one; on the disk when
  /// this returns.
  init(store root: String, options: ImportOptions, sources: [SourceStamp]) throws {
    let told = options.description + "\n" + sources.map(\.identity).joined(separator: "\n")
    let hash = KeyedHash(key0: 0x706f_7374_6261_6731, key1: 0x696d_706f_7274).hash(told)
    path = "\(root)/postbag/import-\(hex(hash, 16))"
    lock = try ImportJournal.lock(path)
    let found = ImportJournal.read(try readFile(path, limit: 1 << 20))
    if let found, !options.startsOver {
      for (old, new) in zip(found.sources, sources) where !new.continues(old) { throw ImportError.changed(new.path) }
      run = found.run
      isResumed = true
      return
    }
    run = ImportRun()
    isResumed = false
    let lines = ["postbag-import 1", "run \(hex(run.number, 16)) \(run.started) \(run.host)"] + sources.map(\.line)
    let bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
    let file = try File(path, [.write, .truncate])
    try file.write(bytes)
    try file.synchronise()
    try file.close()
    try synchroniseDirectory(root + "/postbag")
  }

  private static func lock(_ path: String) throws -> FileLock {
    while true {
      let lock: FileLock
      do throws(SystemError) {
        lock = try FileLock(path, patience: 0)
      } catch {
        throw error.wouldBlock ? ImportError.busy(path) : ImportError.system(error)
      }
      // The one before us may have ended, and taken the file away, between our opening and locking it.
      let now = try? fileStatus(path)
      let ours = try? fileStatus("/proc/self/fd/\(lock.descriptor)")
      if let now, ours == nil || ours?.inode == now.inode { return lock }
    }
  }

  /// The import is complete: nothing is left to go on with.
  func end() throws(SystemError) {
    try removeFile(path)
    try synchroniseDirectory(parentDirectory(of: path))
  }

  /// What a journal says; nil when it isn't whole, and so no message was imported.
  private static func read(_ bytes: [UInt8]) -> (run: ImportRun, sources: [SourceStamp])? {
    guard bytes.last == UInt8(ascii: "\n") else { return nil }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    guard lines.first == "postbag-import 1", lines.count > 1 else { return nil }
    let words = lines[1].split(separator: " ")
    guard words.count == 4, words[0] == "run", let number = UInt64(words[1], radix: 16), let started = Int64(words[2])
    else { return nil }
    let sources = lines.dropFirst(2).compactMap { SourceStamp(line: $0) }
    guard sources.count == lines.count - 2 else { return nil }
    return (ImportRun(number: number, started: started, host: String(words[3])), sources)
  }
}

/// By what a source is known to be the same when an import is gone on with.
struct SourceStamp: Equatable {
  /// The absolute path without links; for standard input a hash of how it begins.
  let path: String
  let isFile: Bool
  let size: Int64
  let modified: Int64
  /// It is an mbox, at whose end others may put messages meanwhile.
  var mayGrow = false

  init(path: String, status: FileStatus) {
    self.path = path
    isFile = status.isRegular
    size = isFile ? status.size : 0
    modified = isFile ? status.modificationTime : 0
  }

  /// Standard input, which begins with `head`.
  init(standardInput head: [UInt8]) {
    path = "- \(hex(fastHash(head.span), 16)) \(head.count)"
    (isFile, size, modified) = (false, 0, 0)
  }

  fileprivate init?(line: Substring) {
    let words = line.split(separator: " ", maxSplits: 4, omittingEmptySubsequences: false)
    guard words.count == 5, words[0] == "source", let size = Int64(words[2]), let modified = Int64(words[3]) else {
      return nil
    }
    path = String(words[4])
    isFile = words[1] == "f"
    self.size = size
    self.modified = modified
  }

  var line: String { "source \(isFile ? "f" : "-") \(size) \(modified) \(identity)" }

  /// In a line of the journal.
  var identity: String { String(decoding: path.utf8.map { $0 == 0x0A ? 0x3F : $0 }, as: UTF8.self) }

  /// Nothing has happened to the source since `old`, but that it may have grown.
  func continues(_ old: SourceStamp) -> Bool {
    guard isFile, old.isFile else { return isFile == old.isFile }
    return (size == old.size && modified == old.modified) || (mayGrow && size >= old.size)
  }
}
