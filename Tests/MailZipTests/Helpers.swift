import Glibc
import MailSystem

@testable import MailZip

/// A zip file that is written to memory, through a file.
struct MemoryZip: ~Copyable {
  private var writer: ZipWriter
  private let file: File
  private let folder = TemporaryFolder()

  init() throws {
    file = try File(folder.path + "/x.zip", [.readWrite, .create])
    writer = ZipWriter(file.descriptor)
  }

  mutating func add(_ entry: PackedEntry, _ name: String, _ modified: Int64) throws {
    try writer.add(entry, name: name, modified: modified)
  }

  mutating func finish() throws -> [UInt8] {
    try writer.finish()
    return try readFile(folder.path + "/x.zip")
  }
}

func zip(_ contents: [(String, [UInt8])], modified: Int64 = 1_710_489_601) throws -> [UInt8] {
  var writer = try MemoryZip()
  let packer = ZipPacker()
  for (name, bytes) in contents { try writer.add(packer.pack(bytes), name, modified) }
  return try writer.finish()
}

func randomBytes(_ count: Int) -> [UInt8] {
  var numbers = SeededNumbers(state: 5)
  return (0..<count).map { _ in UInt8.random(in: 0...255, using: &numbers) }
}

/// The same numbers for the same seed.
struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (state ^ state >> 29) &* 0xBF58_476D_1CE4_E5B9
  }
}
