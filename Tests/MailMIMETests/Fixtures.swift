import Foundation
import MailMIME

/// The messages of the Fixtures folder, each with a dump of what is expected of it.
enum Fixtures {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
  static let isRecording = ProcessInfo.processInfo.environment["POSTBAG_RECORD"] == "1"

  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []  // none: a test says so
    return files.filter { $0.hasSuffix(".eml") }.map { String($0.dropLast(4)) }.sorted()
  }()

  static func message(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appending(path: "\(name).eml")))
  }

  static func expectation(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.appending(path: "\(name).expected")), as: UTF8.self)
  }

  static func record(_ dump: String, _ name: String) throws {
    try Data(dump.utf8).write(to: folder.appending(path: "\(name).expected"))
  }

  /// `bytes` with CRLF for each LF.
  static func withCRLF(_ bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    for byte in bytes {
      if byte == 0x0A { output.append(0x0D) }
      output.append(byte)
    }
    return output
  }
}

/// Numbers that are the same in every run. splitmix64.
struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
