import MailSystem
import Testing

@testable import MailZip

@Suite struct RoundTripTests {
  @Test func whatIsWrittenIsReadBack() throws {
    let contents: [(String, [UInt8])] = [
      ("Work/Übersicht 2024.eml", Array("Subject: x\r\n\r\nhello hello hello hello\0\u{FF}".utf8)), ("empty.eml", []),
      ("one", [7]), ("random", randomBytes(70_000)), ("zeros", [UInt8](repeating: 0, count: 3_000_000)),
    ]
    let reader = try ZipReader(zip(contents), path: "x.zip")
    #expect(reader.entries.map(\.name) == contents.map(\.0))
    for (entry, (_, bytes)) in zip(reader.entries, contents) {
      #expect(entry.problem == nil)
      #expect(entry.modified == 1_710_489_601)
      #expect(try reader.read(entry) == bytes)
    }
    #expect(reader.entries[0].packedSize < reader.entries[0].size)
    #expect(reader.entries[3].packedSize == 70_000)
  }

  @Test func theSameContentsGiveTheSameBytes() throws {
    let contents = [("a", Array("abcabcabcabc".utf8)), ("b", randomBytes(5_000))]
    #expect(try zip(contents) == zip(contents))
  }

  @Test(arguments: [-5_000_000_000, -1, 315_532_800, 951_782_400, 1_709_164_801, 2_147_483_647, 4_000_000_000])
  func timesOfThisAgeAreKept(_ seconds: Int64) throws {
    let entry = try ZipReader(zip([("a", [])], modified: seconds), path: "x").entries[0]
    let isExact = Int32(exactly: seconds) != nil
    let expected = isExact ? seconds : max(seconds, 315_532_800)
    // Without the exact time MS-DOS's is taken, which local time may move.
    #expect(abs((entry.modified ?? 0) - expected) <= (isExact ? 0 : 86_400))
  }

  @Test func moreThan65535EntriesNeedTheLargeForm() throws {
    let contents = (0..<65_540).map { ("\($0).eml", [UInt8(truncatingIfNeeded: $0)]) }
    let reader = try ZipReader(zip(contents), path: "x.zip")
    #expect(reader.entries.count == 65_540)
    #expect(try reader.read(reader.entries[65_539]) == [3])
  }

  @Test func placesBeyondFourGigabytesNeedTheLargeForm() throws {
    let folder = TemporaryFolder()
    let path = folder.path + "/large.zip"
    let start: Int64 = 5 << 30
    let file = try File(path, [.readWrite, .create])
    // The file has a hole in front: a zip file may begin with anything.
    try file.seek(to: start)
    var writer = ZipWriter(file.descriptor, path: path, offset: start)
    try writer.add(ZipPacker().pack([1, 2, 3]), name: "a", modified: 0)
    try writer.finish()
    try file.close()
    let reader = try ZipReader(path)
    #expect(try reader.read(reader.entries[0]) == [1, 2, 3])
  }

  @Test func anEntryOfFourGigabytesHasItsSizesInTheLargeForm() throws {
    let entry = PackedEntry(method: 0, checksum: 0, size: 5 << 30, data: [1])
    var writer = try MemoryZip()
    try writer.add(entry, "a", 0)
    let bytes = try writer.finish()
    var index = 0
    let start = bytes.count - 22 - Int(bytes.span.long(bytes.count - 10))
    let list = bytes.span.extracting(start..<bytes.count - 22)
    let read = try #require(ZipEntry(list, at: &index, shift: 0, limits: .standard))
    #expect(read.size == 5 << 30)
    #expect(read.packedSize == 1)
  }
}

@Suite struct ForeignTests {
  @Test(arguments: [
    ("../x", "it contains .."), ("a/../../x", "it contains .."), ("/etc/passwd", "it begins with /"),
    ("\\x", "it begins with /"), ("C:x", "it begins with a drive letter"), ("c:\\x", "it begins with a drive letter"),
    ("a\u{0}b", "it contains a control character"), ("", "empty"), ("a\\..\\b", "it contains .."),
  ])
  func anUnsafeNameIsReportedAndNotRead(name: String, reason: String) throws {
    let reader = try ZipReader(zip([(name, [1])]), path: "x.zip")
    #expect(reader.entries[0].problem == .unsafeName(reason))
    #expect(throws: ZipError.entry(path: "x.zip", name: reader.entries[0].name, .unsafeName(reason))) {
      try reader.read(reader.entries[0])
    }
  }

  @Test func backslashesFromWindowsSeparateDirectories() throws {
    #expect(try ZipReader(zip([("a\\b.eml", [1])]), path: "x").entries[0].name == "a/b.eml")
  }

  @Test func aSecondEntryOfOneNameIsReported() throws {
    let reader = try ZipReader(zip([("a", [1]), ("a", [2])]), path: "x")
    #expect(reader.entries.map(\.problem) == [nil, .duplicateName])
    #expect(try reader.read(reader.entries[0]) == [1])
  }

  @Test func aNameThatIsNotUTF8IsOfCodePage437() throws {
    var bytes = try zip([("Gr__e", [1])])
    for index in bytes.indices.dropLast() where bytes[index] == UInt8(ascii: "_") && bytes[index + 1] == bytes[index] {
      (bytes[index], bytes[index + 1]) = (0x81, 0xE1)
    }
    let reader = try ZipReader(bytes, path: "x")
    #expect(reader.entries[0].name == "Grüße")
    #expect(try reader.read(reader.entries[0]) == [1])
  }

  /// Changes a byte of the list's only entry.
  private func patched(_ offset: Int, _ values: UInt8..., contents: [UInt8] = [1]) throws -> ZipReader {
    var bytes = try zip([("a", contents)])
    let start = bytes.count - 22 - Int(bytes.span.long(bytes.count - 10))
    for (index, value) in values.enumerated() { bytes[start + offset + index] = value }
    return try ZipReader(bytes, path: "x")
  }

  @Test func otherKindsOfEntriesAreReported() throws {
    #expect(try patched(41, 0xA1).entries[0].problem == .notAFile)
    #expect(try patched(41, 0x21).entries[0].problem == .notAFile)
    #expect(try patched(8, 1).entries[0].problem == .encrypted)
    #expect(try patched(10, 12).entries[0].problem == .unknownMethod(12))
    #expect(try patched(24, 2).entries[0].problem == .damaged("its two sizes differ"))
  }

  @Test func contentsThatDifferFromTheListAreNotRead() throws {
    let text = [UInt8](repeating: 65, count: 1_000)
    for reader in [
      try patched(16, 1, 2, 3, 4, contents: text), try patched(24, 0xE7, contents: text),
      try patched(24, 0xE9, contents: text),
    ] {
      #expect(throws: ZipError.self) { _ = try reader.read(reader.entries[0]) }
    }
  }

  @Test func limitsAreObserved() throws {
    let bytes = try zip((0..<10).map { ("\($0)", [UInt8](repeating: 65, count: 50_000)) })
    var limits = ZipLimits()
    limits.entries = 9
    #expect(throws: ZipError.tooMuch(path: "x", "10 entries")) { try ZipReader(bytes, path: "x", limits: limits) }
    limits = ZipLimits()
    limits.entryBytes = 49_999
    #expect(try ZipReader(bytes, path: "x", limits: limits).entries[0].problem == .tooLarge(50_000))
    limits = ZipLimits()
    limits.directoryBytes = 100
    #expect(throws: ZipError.self) { try ZipReader(bytes, path: "x", limits: limits) }
    limits = ZipLimits()
    (limits.ratio, limits.freeBytes) = (100, 1_000)
    #expect(throws: ZipError.tooMuch(path: "x", "500000 bytes unpacked, from a file of \(bytes.count)")) {
      try ZipReader(bytes, path: "x", limits: limits)
    }
    limits.ratio = 1_000
    #expect(try ZipReader(bytes, path: "x", limits: limits).entries.count == 10)
  }

  @Test func whatPacksTooWellIsStored() {
    #expect(ZipPacker().pack([UInt8](repeating: 65, count: 1 << 20)).packedSize == 1 << 20)
  }

  @Test func entriesThatLieOverEachOtherAreRefused() throws {
    var bytes = try zip([("a", [1]), ("b", [1])])
    let start = bytes.count - 22 - Int(bytes.span.long(bytes.count - 10))
    // The second entry names the place of the first.
    let second = start + 46 + 1 + 9
    for index in 0..<4 { bytes[second + 42 + index] = 0 }
    #expect(throws: ZipError.damaged(path: "x", "entries lie over each other")) { try ZipReader(bytes, path: "x") }
  }

  @Test func somethingInFrontAndACommentBehindDoNoHarm() throws {
    var bytes = try [1, 2, 3] + zip([("a", [9, 9])])
    bytes[bytes.count - 2] = 4
    bytes += Array("PK\u{5}\u{6}".utf8)
    let reader = try ZipReader(bytes, path: "x")
    #expect(try reader.read(reader.entries[0]) == [9, 9])
  }

  @Test func otherFilesAreNoZipFiles() throws {
    for bytes in [[], [80], Array("PK\u{3}".utf8), Array("From a@example.org\n".utf8)] as [[UInt8]] {
      #expect(throws: ZipError.notZip("x")) { try ZipReader(bytes, path: "x") }
    }
    #expect(throws: ZipError.system(.notFound("open", path: "/nonexistent"))) { try ZipReader("/nonexistent") }
    #expect(throws: ZipError.system(.isDirectory("/tmp"))) { try ZipReader("/tmp") }
    #expect(throws: ZipError.system(.invalidArgument("open", path: "/dev/null"))) { try ZipReader("/dev/null") }
  }
}

@Suite struct RobustnessTests {
  private func sample() throws -> [UInt8] {
    try zip([("a/b.eml", Array("Subject: a\n\nbody body body body\n".utf8)), ("ü", randomBytes(40)), ("c/", [])])
  }

  private func exercise(_ bytes: [UInt8], _ original: [[UInt8]]) {
    guard let reader = try? ZipReader(bytes, path: "x") else { return }
    for entry in reader.entries {
      // Damage is noticed: what is read is what was written.
      if let contents = try? reader.read(entry) { #expect(original.contains(contents)) }
    }
  }

  @Test func everyPrefixIsRefused() throws {
    let bytes = try sample()
    for count in 0..<bytes.count {
      #expect(throws: ZipError.self) { try ZipReader(Array(bytes[..<count]), path: "x") }
    }
  }

  @Test func flippedBytesNeitherTrapNorChangeContents() throws {
    let bytes = try sample()
    let reader = try ZipReader(bytes, path: "x")
    let original = try reader.entries.map { try reader.read($0) }
    var numbers = SeededNumbers(state: 11)
    for _ in 0..<3_000 {
      var damaged = bytes
      for _ in 0..<Int.random(in: 1...4, using: &numbers) {
        damaged[Int.random(in: 0..<bytes.count, using: &numbers)] = UInt8.random(in: 0...255, using: &numbers)
      }
      exercise(damaged, original)
    }
    for index in bytes.indices {
      for bit in 0..<8 {
        var damaged = bytes
        damaged[index] ^= 1 << bit
        exercise(damaged, original)
      }
    }
  }
}
