import MailSystem
import Testing

@testable import Maildir

@Suite struct MessageWriterTests {
  private let folder = TemporaryFolder()
  init() throws { try createMaildir(folder.path) }

  private func count(_ part: String) throws -> Int { try directoryEntries("\(folder.path)/\(part)").count }

  @Test func aCommittedMessageIsInNewAndNothingIsLeftInTmp() throws {
    var writer = try MessageWriter(folder: folder.path)
    try writer.write(Array("Subject: x\n\nbo".utf8))
    try writer.write(Array("dy\n".utf8))
    #expect(try count("new") == 0)
    let path = try writer.commit()
    #expect(try readFile(path) == Array("Subject: x\n\nbody\n".utf8))
    #expect(path.hasSuffix(",S=17,W=20"))
    #expect(try count("tmp") == 0)
    #expect(try fileStatus(path).permissions == 0o600)
  }

  @Test func theWireSizeCountsEachBareNewlineTwice() throws {
    var writer = try MessageWriter(folder: folder.path)
    for piece in ["a\r", "\nb\n", "\r\r\n", "\n"] { try writer.write(Array(piece.utf8)) }
    #expect(writer.size == 9)
    #expect(writer.wireSize == 11)
  }

  @Test func aWriterThatGoesAwayLeavesNothing() throws {
    do {
      var writer = try MessageWriter(folder: folder.path)
      try writer.write([1])
      #expect(try count("tmp") == 1)
    }
    #expect(try count("tmp") == 0)
    #expect(try count("new") == 0)
  }

  @Test func aMessageCanAppearInAnotherFolderWithFlagsAndTime() throws {
    let other = "\(folder.path)/.Other"
    try createMaildir(other)
    var writer = try MessageWriter(folder: folder.path)
    try writer.write([0x61])
    let path = try writer.commit(to: other, .cur, flags: [.seen], modificationTime: 1_000_000_000_000_000_000)
    #expect(path == "\(other)/cur/\(MessageName(lastComponent(of: path)).key),S=1,W=1:2,S")
    #expect(try fileStatus(path).modificationTime == 1_000_000_000_000_000_000)
  }

  @Test func aFailedCommitMayBeTriedAgain() throws {
    try removeDirectory("\(folder.path)/new")
    var writer = try MessageWriter(folder: folder.path)
    try writer.write([0x61])
    let error = #expect(throws: SystemError.self) { _ = try writer.commit() }
    #expect(error?.isNotFound == true)
    try createMaildir(folder.path)
    let path = try writer.commit()
    #expect(try readFile(path) == [0x61])
  }

  @Test func aMissingFolderIsNotFound() {
    let error = #expect(throws: SystemError.self) { _ = try MessageWriter(folder: "\(folder.path)/.None") }
    #expect(error?.isNotFound == true)
  }
}

@Suite struct QuotaTests {
  private let folder = TemporaryFolder()
  init() throws { try createMaildir(folder.path) }

  private func put(_ name: String, _ size: Int) throws {
    let file = try File("\(folder.path)/\(name)", [.write, .create])
    try file.write([UInt8](repeating: 0x61, count: size))
  }

  private func write(_ text: String) throws {
    let file = try File("\(folder.path)/maildirsize", [.write, .create, .truncate])
    try file.write(Array(text.utf8))
  }

  @Test func aStoreWithoutLimitsHasNoQuota() throws {
    #expect(try MaildirQuota.room(for: 5, inStore: folder.path) == .unlimited)
    try MaildirQuota.record(bytes: 5, messages: 1, inStore: folder.path)
    #expect(try directoryEntries(folder.path).contains("maildirsize") == false)
  }

  @Test func theFileSaysLimitsAndSums() throws {
    try write("1000S,10C\n400 2\n100 1\n-50 -1\n")
    let quota = try #require(try MaildirQuota.recorded(inStore: folder.path))
    #expect(quota.limits == .init(bytes: 1000, messages: 10))
    #expect(quota.bytes == 450)
    #expect(quota.messages == 2)
    #expect(quota.fits(550))
    #expect(!quota.fits(551))
    #expect(try MaildirQuota.room(for: 550, inStore: folder.path) == .enough)
    #expect(try MaildirQuota.room(for: 551, inStore: folder.path) == .unknown(quota.limits))
  }

  @Test func sumsThatWouldRefuseAreMadeAnewFirst() throws {
    try put("cur/1.a,S=10:2,S", 10)
    try put("cur/2.a,S=10:2,T", 10)
    try put("new/3.a", 7)
    try createMaildir("\(folder.path)/.Trash")
    try put(".Trash/cur/4.a,S=20:2,", 1)
    try write("100S\n400 2\n100 1\n")
    #expect(try MaildirQuota.room(for: 50, inStore: folder.path) == .unknown(.init(bytes: 100)))
    let quota = try #require(try MaildirQuota.recalculated(ofStore: folder.path))
    #expect(quota.bytes == 47, "Trash counts, and what is marked as deleted")
    #expect(quota.messages == 4)
    #expect(try readFile("\(folder.path)/maildirsize") == Array("100S\n47 4\n".utf8))
    try MaildirQuota.record(bytes: 9, messages: 1, inStore: folder.path)
    #expect(try readFile("\(folder.path)/maildirsize") == Array("100S\n47 4\n9 1\n".utf8))
  }

  @Test func configuredLimitsReplaceThoseOfTheFile() throws {
    try write("100S\n0 0\n")
    let limits = MaildirQuota.Limits(messages: 3)
    #expect(try MaildirQuota.room(for: 1, inStore: folder.path, configured: limits) == .unknown(limits))
    #expect(try MaildirQuota.recalculated(ofStore: folder.path, limits: limits)?.limits == limits)
    #expect(try readFile("\(folder.path)/maildirsize") == Array("3C\n0 0\n".utf8))
  }

  @Test(arguments: ["", "\n", "x\n", "100S\nabc\n", "100S\n1 2 3\n", "0S\n"])
  func aFileWithoutSenseIsNoLimit(text: String) throws {
    try write(text)
    #expect(try MaildirQuota.room(for: 1, inStore: folder.path) == .unlimited || text.hasPrefix("100S"))
  }
}
