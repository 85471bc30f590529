import MailStore
import Testing

@testable import MailCommand

@Suite struct TagTests {
  @Test func `Words are tags and references in any order`() throws {
    let words = try TagWords(["+a", "3-9", "-b", "id:x@example.org", "+c d", "-é", "."])
    #expect(words.add == ["a", "c d"])
    #expect(words.remove == ["b", "é"])
    #expect(words.references == ["3-9", "id:x@example.org", "."])
    #expect(!words.removesAll)
    #expect(try TagWords(["-*", "+x"]).removesAll)
    #expect(try TagWords(["+x", "-"]).references == ["-"])
  }

  @Test func `Words without a tag, and tags that contradict each other, are mistakes`() {
    for words in [[], ["3"], ["+a", "-A"], ["-é", "+É"]] {
      #expect(throws: Failure.self) { try TagWords(words) }
    }
  }

  private func separated(_ words: [String]) -> [String] {
    separateWords(words, optionsWithValue: ["--store"], default: "change", subcommands: ["list", "create"])
  }

  @Test func `Words that begin with a dash are no options, unless they are`() {
    #expect(separated(["+a", "-b", "3"]) == ["change", "--", "+a", "-b", "3"])
    #expect(separated(["-b", "--thread", "-0"]) == ["change", "--thread", "-0", "--", "-b"])
    #expect(separated(["--store", "list", "-t", "-x"]) == ["change", "--store", "list", "-t", "--", "-x"])
    #expect(separated(["+a", "--", "-t", "--x"]) == ["change", "--", "+a", "-t", "--x"])
    #expect(separated(["--", "list"]) == ["change", "--", "list"])
    #expect(separated(["change", "-a", "--thread"]) == ["change", "--thread", "--", "-a"])
  }

  @Test func `A subcommand has its usual command line, wherever it stands among options`() {
    #expect(separated(["list", "-t"]) == ["list", "-t"])
    #expect(separated(["--store", "list", "list", "-0"]) == ["list", "--store", "list", "-0"])
    #expect(separated(["create", "a", "--colour", "red"]) == ["create", "a", "--colour", "red"])
    #expect(separated(["--help"]) == ["--help"])
    #expect(separated(["-h"]) == ["-h"])
    #expect(separated([]) == [])
    #expect(separated(["---completion", "-x"]) == ["---completion", "-x"])
  }

  @Test func `Colours have names or numbers`() {
    #expect(TagColour("red")?.terminalNumber == 1)
    #expect(TagColour("Gray")?.description == "grey")
    #expect(TagColour("#FF8700")?.description == "#ff8700")
    #expect(TagColour("#ff8700")?.green == 0x87)
    for text in ["", "rouge", "#12345", "#1234567", "#12345g", "123456", "# 12345", "#-12345", "none"] {
      #expect(TagColour(text) == nil, "\(text)")
    }
    for name in TagColour.names { #expect(TagColour(name)?.description == name) }
  }

  @Test func `A colour is what the terminal has`() throws {
    #expect(TagColour("red")?.sequence(.full) == "\u{1B}[31m")
    #expect(TagColour("grey")?.sequence(.basic) == "\u{1B}[90m")
    let orange = try #require(TagColour("#ff8700"))
    #expect(orange.sequence(.full) == "\u{1B}[38;2;255;135;0m")
    #expect(orange.sequence(.cube) == "\u{1B}[38;5;208m")
    #expect(orange.sequence(.basic) == "\u{1B}[33m")
    #expect(TagColour("#808080")?.sequence(.cube) == "\u{1B}[38;5;244m")
    #expect(TagColour("#000000")?.sequence(.cube) == "\u{1B}[38;5;16m")
    #expect(TagColour("#ffffff")?.sequence(.cube) == "\u{1B}[38;5;231m")
    #expect(TagColour("#0000c0")?.sequence(.basic) == "\u{1B}[34m")
    #expect(TagColour("#101010")?.sequence(.basic) == "\u{1B}[30m")
  }

  @Test func `A comment is without white space around it`() throws {
    #expect(try commentText(Array("\n \n  call\r\n  back\n\n".utf8)) == "  call\n  back")
    #expect(try commentText(Array(" \n\t\r\n".utf8)) == "")
    #expect(try commentText(Array("é".utf8)) == "é")
    #expect(throws: Failure.self) { try commentText([0x61, 0xFF]) }
    #expect(throws: Failure.self) { try commentText([0x61, 0, 0x62]) }
  }
}
