import Glibc
import MailStore
import Testing

@testable import MailCommand

@Suite struct ReferenceTests {
  @Test(
    arguments: [
      ("7", .numbers(7...7)), ("3-9", .numbers(3...9)), (".", .shown), ("-", .standardInput), ("./7", .path("./7")),
      ("/m/cur/1:2,S", .path("/m/cur/1:2,S")), ("id:a@b", .id("a@b")), ("id:<a@b>", .id("a@b")),
      ("id:a/b@c", .id("a/b@c")), ("99999999999999999999", .numbers(.max ... .max)),
    ] as [(String, Reference)])
  func `A word says which message is meant`(text: String, expected: Reference) throws {
    #expect(try Reference(text) == expected)
  }

  @Test(arguments: ["", "0", "9-3", "0-2", "3-", "-3", "x", "file.eml", "id:", "id:<>", "3-4-5", "１"])
  func `What means no message is a mistake on the command line`(text: String) {
    #expect(throws: Failure.self) { try Reference(text) }
    do { _ = try Reference(text) } catch { #expect(error.code == .usage) }
  }

  @Test(arguments: ["7", "3-9", ".", "-", "word"])
  func `Standard input names messages by path and id only`(line: String) {
    do {
      _ = try Reference(line: line)
      Issue.record("accepted \(line)")
    } catch {
      #expect(error.code == .badData)
    }
  }
}

@Suite struct ListMemoryTests {
  private func memory(_ names: [String]) -> ListMemory {
    let memory = ListMemory(path: "/tmp/postbag-memory-\(getpid())-\(UInt32.random(in: 0 ... .max))")
    var buffer = ByteBuffer()
    for (index, name) in names.enumerated() { ListMemory.append(id: Int64(index + 100), name: name, to: &buffer) }
    memory.remember(list: unsafe [UInt8](buffer.bytes))
    return memory
  }

  private func forget(_ memory: ListMemory) {
    unsafe unlink(memory.path)
    unsafe unlink(memory.path + ".shown")
  }

  @Test func `Numbers stand for the keys of the last list`() throws {
    let memory = memory(["cur/1.a.h,S=3:2,S", "new/2.b.h", "cur/3.c d.h:2,"])
    defer { forget(memory) }
    #expect(try memory.entries(1...1) == [.init(id: 100, key: "1.a.h")])
    #expect(try memory.entries(2...3) == [.init(id: 101, key: "2.b.h"), .init(id: 102, key: "3.c d.h")])
  }

  @Test(arguments: [4...4, 3...4, 1...(.max)])
  func `A number beyond the list is a mistake`(range: ClosedRange<Int>) {
    let memory = memory(["cur/1", "cur/2", "cur/3"])
    defer { forget(memory) }
    #expect(throws: Failure.self) { try memory.entries(range) }
  }

  @Test func `Without a list no number means anything`() {
    let memory = ListMemory(path: "/tmp/postbag-no-such-list-\(getpid())")
    #expect(throws: Failure.self) { try memory.entries(1...1) }
    #expect(throws: Failure.self) { try memory.shown() }
  }

  @Test func `The message shown last is remembered beside the list`() throws {
    let memory = memory(["cur/1"])
    defer { forget(memory) }
    memory.remember(shown: 7, name: "cur/9.x:2,S")
    #expect(try memory.shown() == .init(id: 7, key: "9.x"))
    #expect(try memory.entries(1...1) == [.init(id: 100, key: "1")])
  }
}

@Suite struct MarksTests {
  @Test func `Marks come first, messages follow`() throws {
    var words = ["seen", "unflagged", "3", "id:seen"]
    let marks = try Marks(from: &words)
    #expect(marks.add == .seen)
    #expect(marks.remove == .flagged)
    #expect(words == ["3", "id:seen"])
  }

  @Test func `Unread and unseen are the same word`() throws {
    var one = ["unread"]
    var other = ["unseen"]
    #expect(try Marks(from: &one) == Marks(from: &other))
  }

  @Test(arguments: [[], ["3"], ["sean", "3"], ["seen", "unseen"], ["flagged", "unflagged", "1"]])
  func `No mark, an unknown one and a contradiction are mistakes`(words: [String]) {
    var words = words
    #expect(throws: Failure.self) { try Marks(from: &words) }
  }
}
