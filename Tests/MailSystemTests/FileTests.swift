import MailSystem
import Testing

@Suite struct FileTests {
  private let folder = TemporaryFolder()
  private func path(_ name: String) -> String { "\(folder.path)/\(name)" }

  private func make(_ name: String, _ text: String) throws {
    let file = try File(path(name), [.write, .create, .truncate])
    try file.write(Array(text.utf8))
  }

  @Test func aFileIsReadWhole() throws {
    try make("a", "hello")
    #expect(try readFile(path("a")) == Array("hello".utf8))
  }

  @Test func aLimitCutsWhatIsReadAndTheStatusIsThatOfTheWholeFile() throws {
    try make("a", "hello")
    let directory = try File(folder.path, [.read, .directory])
    let (bytes, status) = try readFile("a", at: directory.descriptor, limit: 3)
    #expect(bytes == Array("hel".utf8))
    #expect(status.size == 5)
    #expect(status.isRegular && !status.isDirectory)
  }

  @Test func aMissingFileIsNotFoundAndNamesThePath() {
    let error = #expect(throws: SystemError.self) { try readFile(path("none")) }
    #expect(error?.isNotFound == true)
    #expect(error?.path == path("none"))
    #expect(error?.isTemporary == false)
    #expect(error?.description == "\(path("none")): no such file or directory (open)")
  }

  @Test func aDirectoryCannotBeReadAsAFile() {
    #expect(throws: SystemError.isDirectory(folder.path)) { try readFile(folder.path) }
  }

  @Test func filesWithoutASizeAreReadToTheirEnd() throws {
    #expect(try readFile("/proc/self/status").count > 100)
    #expect(try readFile("/proc/self/status", limit: 10).count == 10)
  }

  @Test func newFilesBelongToTheUserAlone() throws {
    try make("a", "")
    #expect(try fileStatus(path("a")).permissions == 0o600)
    try createDirectories(path("x/y"))
    #expect(try fileStatus(path("x/y")).permissions == 0o700)
  }

  @Test func anExclusiveFileMustNotExist() throws {
    try make("a", "")
    let error = #expect(throws: SystemError.self) { _ = try File(path("a"), [.write, .exclusive]).release() }
    #expect(error?.isExisting == true)
  }

  @Test func renamingExclusivelyNeverReplaces() throws {
    try make("a", "new")
    try make("b", "old")
    let error = #expect(throws: SystemError.self) { try renameFileExclusively(path("a"), to: path("b")) }
    #expect(error?.isExisting == true)
    #expect(try readFile(path("b")) == Array("old".utf8))
    try renameFileExclusively(path("a"), to: path("c"))
    #expect(try readFile(path("c")) == Array("new".utf8))
    #expect(!exists("a"))
  }

  @Test func replacingLeavesNothingElseBehind() throws {
    try make("a", "old")
    try replaceFile(path("a"), with: Array("new".utf8))
    #expect(try readFile(path("a")) == Array("new".utf8))
    #expect(try directoryEntries(folder.path) == ["a"])
  }

  @Test func replacingAFileThatCannotBeWrittenKeepsTheOldOne() throws {
    #expect(throws: SystemError.self) { try replaceFile(path("missing/a"), with: []) }
    #expect(try directoryEntries(folder.path).isEmpty)
  }

  @Test func everyEntryIsListedOnceWithItsType() throws {
    for number in 0..<3000 { try make("file-\(number)", "") }
    try createDirectory(path("directory"))
    var names: Set<String> = []
    var directories = 0
    var count = 0
    try forEachDirectoryEntry(at: folder.path) { name, type in
      names.insert(unsafe name.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) })
      count += 1
      if type == EntryType.directory { directories += 1 }
    }
    #expect(count == 3001)
    #expect(names.count == 3001)
    #expect(directories == 1)
    #expect(names.contains("file-2999"))
  }

  @Test func writingToAFullDeviceSaysSo() throws {
    let file = try File("/dev/full", .write)
    let error = #expect(throws: SystemError.self) { try file.write([1]) }
    #expect(error?.isFull == true)
    #expect(error?.isTemporary == true)
  }

  @Test func whatOthersMayWriteIsNotTrusted() throws {
    try make("a", "")
    let user = effectiveUserID()
    #expect(try fileStatus(path("a")).trustProblem(for: user) == nil)
    #expect(try fileStatus(path("a")).trustProblem(for: user &+ 1) == (user == 0 ? nil : "belongs to another user"))
    try setPermissions(path("a"), to: 0o620)
    #expect(try fileStatus(path("a")).trustProblem(for: user) == "others may write to it")
  }

  @Test func theModificationTimeIsSetToTheNanosecond() throws {
    try make("a", "")
    try setModificationTime(path("a"), to: 1_500_000_000_123_456_789)
    #expect(try fileStatus(path("a")).modificationTime == 1_500_000_000_123_456_789)
  }

  private func exists(_ name: String) -> Bool {
    do { _ = try fileStatus(path(name)) } catch { return false }
    return true
  }
}
