import MailSystem
import Testing

@Suite struct SpoolTests {
  private func contents(_ spool: Spool) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try spool.forEachPiece { bytes += $0 }
    return bytes
  }

  @Test(arguments: [0, 1, 99, 100, 101, 70_000, 1_000_000]) func whatIsWrittenIsRead(_ count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 7) }
    let spool = Spool(memoryLimit: 100)
    var rest = bytes[...]
    while !rest.isEmpty {
      try spool.write(rest.prefix(333))
      rest = rest.dropFirst(333)
    }
    #expect(spool.count == count)
    #expect(try contents(spool) == bytes)
    try spool.write([1, 2])
    #expect(try contents(spool) == bytes + [1, 2])
  }

  @Test func noFileIsLeft() throws {
    let spool = Spool(memoryLimit: 10)
    try spool.write([UInt8](repeating: 1, count: 1_000_000))
    let names = try directoryEntries(environment("TMPDIR") ?? "/tmp")
    #expect(!names.contains { $0.hasPrefix("postbag.\(processID()).") })
  }
}
