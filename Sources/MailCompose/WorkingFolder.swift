public import MailMIME
public import MailSystem

/// The folder in which the editor works on a message: the file that it writes, and what else is needed to go on with it
/// after any crash.
///
///     <place>/<name>/lock        held by the mail-compose that is at work
///     <place>/<name>/draft.eml   what the editor shows and writes
///     <place>/<name>/base.eml    the message as it was when the editor began: parts, references and so on
///     <place>/<name>/key         the key of the draft in Drafts that follows the text
public struct WorkingFolder: Sendable {
  public let path: String

  init(path: String) { self.path = path }

  /// The file that the editor opens; by the ending of its name editors know that it is mail.
  public var pagePath: String { path + "/draft.eml" }
  var basePath: String { path + "/base.eml" }
  private var keyPath: String { path + "/key" }
  var lockPath: String { path + "/lock" }

  /// Begins to work at `place` on `composition`; on the disk when this returns.
  public static func begin(at place: String, _ base: [UInt8], page: String) throws(SystemError) -> WorkingFolder {
    try createDirectories(place)
    var generator = SystemRandomNumberGenerator()
    let name = "\(now() / 1_000_000).\(processID()).\(String(generator.next() as UInt32, radix: 36))"
    let folder = WorkingFolder(path: "\(place)/\(name)")
    try createDirectory(folder.path)
    try replaceFile(folder.basePath, with: base)
    try replaceFile(folder.pagePath, with: Array(page.utf8))
    try synchroniseDirectory(place)
    return folder
  }

  /// Holds the folder as long as the lock lives; `wouldBlock` when somebody else works here.
  public func lock() throws(SystemError) -> FileLock { try FileLock(lockPath, patience: 0) }

  /// The message as it was when the editor began.
  public func base() throws(SystemError) -> Message { Message(parsing: try readFile(basePath, limit: 1 << 30)) }

  /// The key of the draft that follows the text; nil before there is one.
  public var draftKey: String? {
    // Before the first draft there is no such file.
    guard let bytes = try? readFile(keyPath, limit: 4096), !bytes.isEmpty else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Remembers which draft follows the text.
  public func setDraftKey(_ key: String) throws(SystemError) { try replaceFile(keyPath, with: Array(key.utf8)) }

  /// The newest text: what the editor wrote, or what it saved in an emergency beside it.
  public func page() throws(SystemError) -> String {
    try Self.text(newestPage())
  }

  /// Which file has it, and when it was written.
  func newestPage() -> String {
    var best = pagePath
    var time = (try? fileStatus(best))?.modificationTime ?? 0
    // nano and emacs leave these when they are killed; a name that isn't there is simply none.
    for name in ["draft.eml.save", "#draft.eml#"] {
      let path = "\(self.path)/\(name)"
      guard let status = try? fileStatus(path, followLinks: false), status.isRegular, status.size > 0,
        status.modificationTime >= time
      else { continue }
      (best, time) = (path, status.modificationTime)
    }
    return best
  }

  /// When the text was written last, in nanoseconds since 1970.
  public var changed: Int64 { (try? fileStatus(newestPage()))?.modificationTime ?? 0 }

  /// vim keeps what was typed and not written in a file of its own.
  public var swapFile: String? {
    let entries = (try? directoryEntries(path)) ?? []  // a folder that can't be read has none for us
    return entries.first { $0.hasPrefix(".draft.eml.sw") }.map { "\(path)/\($0)" }
  }

  private static func text(_ path: String) throws(SystemError) -> String {
    String(decoding: try readFile(path, limit: 256 << 20), as: UTF8.self)
  }

  /// Removes the folder: everything in it is safe elsewhere, or not wanted any more.
  public func remove() {
    // INVARIANT: the base goes first: without it nobody takes what remains for work to go on with.
    for name in ["base.eml"] + ((try? directoryEntries(path)) ?? []) { try? removeFile("\(path)/\(name)") }
    try? removeDirectory(path)  // a leftover is an empty folder
  }

  /// The folders at `place` in which nobody works any more, the one that was written to last first.
  public static func orphans(at place: String) -> [WorkingFolder] {
    // Nothing was ever composed where there is no such place.
    let names = (try? directoryEntries(place)) ?? []
    return names.map { WorkingFolder(path: "\(place)/\($0)") }.filter { folder in
      guard (try? fileStatus(folder.basePath)) != nil else { return false }
      // Who holds the lock is alive.
      return (try? folder.lock()) != nil
    }.sorted { $0.changed > $1.changed }
  }

  /// The folders at `place` in which somebody works.
  public static func live(at place: String) -> [WorkingFolder] {
    let names = (try? directoryEntries(place)) ?? []  // as above
    return names.map { WorkingFolder(path: "\(place)/\($0)") }.filter { folder in
      (try? fileStatus(folder.basePath)) != nil && (try? folder.lock()) == nil
    }
  }
}

extension WorkingFolder {
  /// Puts another message into the folder.
  public func rewrite(_ base: [UInt8], page: String) throws(SystemError) {
    // Numbers in the page are those of parts in the base: the other way round a page could name a part that isn't there.
    try replaceFile(basePath, with: base)
    try replaceFile(pagePath, with: Array(page.utf8))
  }

  /// Makes the newest text that is here the one that the editor opens.
  public func takePage() throws(SystemError) {
    let newest = newestPage()
    if newest != pagePath { try replaceFile(pagePath, with: try readFile(newest)) }
  }
}
