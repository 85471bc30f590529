import Glibc
import Testing

@testable import MailCommand
@testable import MailStore

@Suite struct ConversationTreeTests {
  private func lines(_ places: [(depth: Int, isLast: Bool)]) -> [String] {
    var tree = ConversationTree()
    return places.map {
      tree.branch(
        at: ThreadRow(id: 1, thread: 1, depth: $0.depth, isLastChild: $0.isLast, count: 0, unread: 0, newest: 0)
      ).prefix
    }
  }

  @Test func `A conversation is drawn as a tree`() {
    let tree = lines([(0, true), (1, false), (2, false), (2, true), (1, true), (2, true), (0, true), (1, true)])
    #expect(tree == ["", "├ ", "│ ├ ", "│ └ ", "└ ", "  └ ", "", "└ "])
  }

  @Test func `A line that ended above is not drawn on`() {
    #expect(lines([(0, true), (1, true), (2, false), (3, true), (2, true)]) == ["", "└ ", "  ├ ", "  │ └ ", "  └ "])
  }

  @Test func `A very deep conversation stays within its columns`() {
    let deep = lines((0..<500).map { ($0, true) })
    #expect(deep.allSatisfy { displayWidth($0) <= 24 })
  }

  @Test func `Places may be missing from the tree`() {
    #expect(lines([(3, true), (1, true)]) == ["    └ ", "└ "])
  }
}

@Suite struct OutputTests {
  private func pipe(_ body: (Int32, Int32) throws -> Void) rethrows {
    var ends: [Int32] = [-1, -1]
    _ = unsafe Glibc.pipe(&ends)
    try body(ends[0], ends[1])
    close(ends[0])
    close(ends[1])
  }

  private func contents(of descriptor: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = unsafe read(descriptor, &bytes, 4096)
    return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
  }

  @Test func `What is written arrives in order when the output is finished`() throws {
    try pipe { reader, writer in
      let output = Output(descriptor: writer)
      try output.write("one ")
      try output.write([0x32, 0x20])
      try output.write([0x33].lazy.map { $0 })
      try output.finish()
      #expect(contents(of: reader) == "one 2 3")
    }
  }

  @Test func `A reader that went away ends the output with its own error`() throws {
    _ = signal(SIGPIPE, SIG_IGN)
    try pipe { reader, writer in
      let output = Output(descriptor: writer)
      close(reader)
      try output.write("nobody reads this")
      #expect(throws: ClosedPipe.self) { try output.finish() }
    }
  }

  @Test func `A short text is held back until it is finished, so that no pager is needed`() throws {
    let terminal = Terminal(isTerminal: true, columns: 10, rows: 4, hasColour: false)
    var pager = try #require(Pager(for: terminal))
    var buffer = ByteBuffer()
    // Three lines; the second is longer than the terminal.
    for text in ["one\n", "0123456789ab", "cd\n"] {
      buffer.append(text)
      #expect(unsafe pager.admit(buffer.bytes) == nil)
    }
    #expect(pager.isHolding)
  }
}
