import MailQuery
import Testing

/// 2026-11-23 (a Monday) 12:00:00 UTC.
let noon: Int64 = 1_795_435_200

func meaning(
  _ text: String, utcOffset: Int64 = 0, saved: [String: String] = [:], limits: QueryLimits = .standard
) throws -> String {
  try parse(text, utcOffset: utcOffset, saved: saved, limits: limits).description
}

func parse(
  _ text: String, utcOffset: Int64 = 0, saved: [String: String] = [:], limits: QueryLimits = .standard
) throws -> Query {
  try parseQuery(
    text, in: QueryContext(now: noon, utcOffset: { _ in utcOffset }, savedSearch: { saved[$0] }, limits: limits))
}

@Suite struct Operators {
  @Test(arguments: [
    ("budget", "budget"),
    ("budget meeting", "(budget AND meeting)"),
    ("budget AND meeting", "(budget AND meeting)"),
    ("budget OR meeting", "(budget OR meeting)"),
    ("a b OR c d", "((a AND b) OR (c AND d))"),
    ("a (b OR c)", "(a AND (b OR c))"),
    ("a (b c)", "(a AND b AND c)"),
    ("-draft", "NOT draft"),
    ("NOT draft", "NOT draft"),
    ("NOT -draft", "draft"),
    ("a -b NOT c", "(a AND NOT b AND NOT c)"),
    ("-(a OR b)", "NOT (a OR b)"),
    ("NOT(a b)", "NOT (a AND b)"),
    ("or and not", "(or AND and AND not)"),
    ("ORACLE ANDREA", "(ORACLE AND ANDREA)"),
    ("\"board meeting\"", "\"board meeting\""),
    ("“board meeting”", "\"board meeting\""),
    ("-\"board meeting\"", "NOT \"board meeting\""),
    ("foo\"bar baz\"", "(foo AND \"bar baz\")"),
    ("*", "every message"),
    ("a\u{3000}b\u{A0}c\td", "(a AND b AND c AND d)"),
  ])
  func `words are joined by AND, OR, NOT and parentheses`(text: String, expected: String) throws {
    #expect(try meaning(text) == expected)
  }

  @Test func `the example of the manual means what it says`() throws {
    #expect(
      try meaning("from:bank budget -draft \"board meeting\" 2024..2026")
        == "(from: bank AND budget AND NOT draft AND \"board meeting\" AND date from 1704067200 until before 1798761600)"
    )
  }
}

@Suite struct WordsOfQueries {
  @Test(arguments: [
    ("CVE-2024-1234", "CVE 2024 1234"),
    ("d'artagnan", "d artagnan"),
    ("C++", "C"),
    ("printf()", "printf"),
    ("x@localhost", "x localhost"),
    ("re:", "re"),
    ("http://example.org/a?b=c", "http example org a b c"),
    ("std::string", "std string"),
    ("localhost:8080", "localhost 8080"),
    ("foo..bar", "foo bar"),
    ("Zürich", "Zürich"),
    ("e\u{301}te\u{301}", "e\u{301}te\u{301}"),
    ("\"say \\\"hi\\\"\"", "say hi"),
  ])
  func `signs part a word, whose parts then form a phrase`(text: String, words: String) throws {
    guard case .text(let term) = try parse(text) else {
      Issue.record("not text: \(text)")
      return
    }
    #expect(term.words == words)
    #expect(!term.isPrefix)
    #expect(term.fields == .all)
  }

  @Test(arguments: [
    ("東京", "東京", false),
    ("東京都", "東京 京都", false),
    ("都", "都", true),
    ("東京都A", "東京 京都 都 A", false),
    ("A社", "A 社", true),
    ("会議2024年度", "会議 議 2024 年度", false),
    ("서울", "서울", false),
  ])
  func `Chinese, Japanese and Korean are taken in pairs`(text: String, words: String, isPrefix: Bool) throws {
    guard case .text(let term) = try parse(text) else {
      Issue.record("not text: \(text)")
      return
    }
    #expect(term.words == words)
    #expect(term.isPrefix == isPrefix)
  }

  @Test(arguments: [
    ("info*", "info*"), ("information*", "information*"), ("\"board meet\"*", "\"board meet\"*"),
    ("subject:info*", "subject: info*"), ("été20*", "été20*"), ("x-info*", "\"x-info\"*"), ("東京*", "東京"),
  ])
  func `a star after four letters or digits finds beginnings of words`(text: String, expected: String) throws {
    #expect(try meaning(text) == expected)
  }

  @Test func `signs beside words are left out`() throws {
    #expect(try meaning("budget – & draft !!!") == "(budget AND draft)")
    #expect(try meaning("(!!! a)") == "a")
  }
}

@Suite struct FieldsOfQueries {
  @Test(arguments: [
    ("from:bank", "from: bank"),
    ("FROM:bank", "from: bank"),
    ("from:Anna.Bell@Example.org", "from/sender address anna.bell@example.org"),
    ("from:<anna@example.org>", "from/sender address anna@example.org"),
    ("from:@example.org", "from/sender domain example.org"),
    ("from:example.org", "from: \"example.org\""),
    ("from:root@localhost", "from: \"root@localhost\""),
    ("to:anna@example.org", "to address anna@example.org"),
    ("to:anna", "to: anna"),
    ("cc:anna", "cc: anna"),
    ("bcc:anna", "(bcc anyone AND cc: anna)"),
    ("with:anna@example.org", "with address anna@example.org"),
    ("with:anna", "from/to/cc: anna"),
    ("subject:\"board meeting\"", "subject: \"board meeting\""),
    ("subject:(board OR meeting)", "(subject: board OR subject: meeting)"),
    ("subject:(board -meeting)", "(subject: board AND NOT subject: meeting)"),
    ("-subject:board", "NOT subject: board"),
    ("body:budget", "body: budget"),
    ("attachment:report", "attachment: report"),
    ("filename:report.pdf", "attachment: \"report.pdf\""),
    ("type:application/pdf", "attachment: application/pdf"),
    ("type:pdf", "attachment: application/pdf"),
    ("type:image/*", "attachment: image"),
    ("type:image", "attachment: image"),
    ("type:jpeg", "(attachment: image/jpeg OR attachment: image/jpg)"),
    ("tag:work", "tag work"),
    ("tag:\"to do\"", "tag to do"),
    ("folder:Work/*", "folder Work/*"),
    ("in:trash", "folder trash"),
    ("comment:call", "comment: call"),
    ("list:dev.lists.example.org", "list dev.lists.example.org"),
    ("id:<a.b@example.org>", "Message-ID <a.b@example.org>"),
    ("mid:a.b@example.org", "Message-ID <a.b@example.org>"),
    ("thread:42", "conversation 42"),
    ("thread:a@example.org", "conversation of <a@example.org>"),
    ("is:unread", "unread"),
    ("is:unseen", "unread"),
    ("is:seen", "NOT unread"),
    ("-is:seen", "unread"),
    ("is:(flagged OR answered)", "(flagged OR answered)"),
    ("is:replied", "answered"),
    ("is:forwarded", "forwarded"),
    ("is:draft", "draft"),
    ("has:attachment", "attachment"),
    ("has:comment", "comment"),
    ("has:tag", "tag"),
  ])
  func `a field narrows its value`(text: String, expected: String) throws {
    #expect(try meaning(text) == expected)
  }

  @Test func `a media type becomes the word of the index`() throws {
    #expect(mediaTypeWord("application/vnd.ms-excel") == "mtapplicationvndmsexcel")
    guard case .text(let term) = try parse("type:text/x-patch") else {
      Issue.record("not text")
      return
    }
    #expect(term.words == "mttextxpatch")
    #expect(term.fields == .attachment)
  }

  @Test(arguments: [
    ("size:10K", "size at least 10240 bytes"),
    ("size:1.5M..", "size at least 1572864 bytes"),
    ("size:..2GB", "size at most 2147483648 bytes"),
    ("size:300..1k", "size from 300 to 1024 bytes"),
    ("larger:1M", "size at least 1048577 bytes"),
    ("smaller:100K", "size at most 102399 bytes"),
  ])
  func `sizes know K, M and G`(text: String, expected: String) throws {
    #expect(try meaning(text) == expected)
  }
}

@Suite struct SavedSearches {
  @Test func `a saved search stands for its text`() throws {
    let saved = ["bank": "from:bank OR subject:statement", "open": "@bank is:unread"]
    #expect(try meaning("@bank -draft", saved: saved) == "((from: bank OR subject: statement) AND NOT draft)")
    #expect(try meaning("@open", saved: saved) == "((from: bank OR subject: statement) AND unread)")
    #expect(try meaning("-@bank", saved: saved) == "NOT (from: bank OR subject: statement)")
  }

  @Test func `a saved search that leads to itself is refused`() throws {
    #expect(throws: QueryError.self) { try parse("@a", saved: ["a": "@b", "b": "x @a"]) }
  }

  @Test func `a mistake inside a saved search is shown at its name`() throws {
    do {
      _ = try parse("budget @bad", saved: ["bad": "in*"])
      Issue.record("no error")
    } catch let error as QueryError {
      #expect(error.offset == 7)
      #expect(error.description.hasPrefix("in the saved search \"bad\": expected at least 4 letters"))
    }
  }

  @Test func `names are letters, digits and three signs`() {
    #expect(isSavedSearchName("unpaid-2024_a.b"))
    #expect(isSavedSearchName("réunion"))
    #expect(!isSavedSearchName(""))
    #expect(!isSavedSearchName("a b"))
    #expect(!isSavedSearchName("a)"))
    #expect(!isSavedSearchName(String(repeating: "a", count: 65)))
  }
}
