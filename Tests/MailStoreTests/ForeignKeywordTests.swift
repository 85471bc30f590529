import MailMIME
import MailStore
import MailSystem
import Testing

@Suite struct ForeignKeywordTests {
  private func found(_ header: String, _ sources: KeywordSources = .standard) -> ForeignKeywords {
    ForeignKeywords(Message(parsing: Array((header + "\n\nx\n").utf8)).headers, sources: sources)
  }

  @Test func `X-Label is one label, or several with commas between`() {
    #expect(found("X-Label: to do").tags == ["to do"])
    #expect(found("X-Label: one, two words ,\"three\",, One").tags == ["one", "two words", "three"])
    #expect(found("X-Label: =?utf-8?q?=C3=A9t=C3=A9?=").tags == ["été"])
    #expect(found("X-Label: a\nx-label: b").tags == ["a", "b"])
    #expect(found("X-Label:   ").tags == [])
  }

  @Test func `X-Keywords are IMAP keywords, or labels with commas between`() {
    #expect(found("X-Keywords: Work to=20do $label1 NonJunk           ").tags == ["Work", "to do", "$label1"])
    #expect(found("X-Keywords: $Forwarded x").flags == .forwarded)
    #expect(found("X-Keywords: two words, \\Important, $Junk, other").tags == ["two words", "other"])
  }

  @Test func `Keywords count only when they are asked for`() {
    #expect(found("Keywords: sale, best price").tags == [])
    #expect(found("Keywords: sale, best price", .keywords).tags == ["sale", "best price"])
    #expect(found("X-Label: x", .keywords).tags == [])
  }

  @Test func `What can't be a tag's name is told`() {
    let result = found("X-Label: +a, -b, c\nX-Keywords: (d")
    #expect(result.tags == ["c"])
    #expect(result.refused == ["+a", "-b", "(d"])
  }

  @Test func `A store's messages get their tags, and what carried them stays`() throws {
    let mail = try TestStore(folders: [".Work"])
    try mail.deliver("one", flags: "Sab")
    try mail.deliver("two", to: ".Work", flags: "a", headers: "X-Label: mine\n")
    try replaceFile("\(mail.root)/dovecot-keywords", with: Array("0 $Forwarded\n1 todo\n".utf8))
    let store = try mail.synchronised()
    let ids = try store.listIDs(ListRequest()).sorted()

    let trial = try store.importKeywords(ids + [4711], isTrial: true)
    #expect(trial.found == ["todo": 1, "mine": 1] && trial.changed == 0 && trial.missing == [4711])
    #expect(try store.tags() == [])

    let result = try store.importKeywords(ids)
    #expect(result.changed == 2 && result.forwarded == 1 && result.made.sorted() == ["mine", "todo"])
    #expect(try store.allRows().sorted { $0.id < $1.id }.map(\.tags) == [["todo"], ["mine"]])
    #expect(try mail.names()[0].hasSuffix(":2,PSab"))
    #expect(try mail.names(".Work")[0].hasSuffix(":2,a"))

    let again = try store.importKeywords(ids)
    #expect(again.changed == 0 && again.forwarded == 0 && again.made == [])
  }

  @Test func `Added messages have tags of the same kind`() throws {
    let mail = try TestStore()
    let store = try mail.synchronised()
    try store.createTag("Été")
    var message = NewMessage(bytes: Array("Subject: x\n\nx\n".utf8))
    message.tags = ["éTÉ", "+bad", "new"]
    _ = try store.add([message], to: try store.folder(named: "inbox"))
    try store.synchronise()
    #expect(try store.allRows().map(\.tags) == [["new", "Été"]])
  }
}
