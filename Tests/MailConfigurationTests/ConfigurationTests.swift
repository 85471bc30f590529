import Testing

@testable import MailConfiguration

private func parse(_ text: String) throws -> Configuration {
  try Configuration(parsing: Array(text.utf8), file: "config.toml")
}

private func problem(_ text: String) -> String? {
  do { _ = try parse(text) } catch { return "\(error)" }
  return nil
}

@Suite struct ConfigurationTests {
  @Test func anEmptyFileGivesTheDefaults() throws {
    #expect(try parse("") == Configuration())
    #expect(Configuration().delivery.sizeLimit == 50_000_000)
    #expect(!Configuration().delivery.suppressesDuplicates)
  }

  @Test func everyKeyIsRead() throws {
    let configuration = try parse(
      """
      store = "~/Mail"
      [delivery]
      size-limit = "1 GiB"
      suppress-duplicates = true
      duplicate-days = 3
      recipient-delimiter = "-"
      detail-folders = true
      create-folders = false
      [folders]
      sent = "Gesendet"
      drafts = "Entwürfe"
      templates = "Vorlagen"
      trash = "Papierkorb"
      junk = "Spam"
      [[identity]]
      name = "Ada Example"
      address = "ada@example.org"
      aliases = ["a.example@example.org"]
      [[identity]]
      address = "ada@example.com"
      [list]
      threads-by-subject = true
      [quota]
      limit = 1000
      messages = 5
      when-full = "reject"
      [expire]
      Trash = "7d"
      Junk = "2w"
      "Lists/*" = "3m"
      Work = "never"
      [outgoing]
      host = "smtp.example.org"
      port = 25
      tls = "starttls"
      user = "ada"
      password-command = "pass mail"
      """)
    #expect(configuration.store == "~/Mail")
    #expect(configuration.delivery.sizeLimit == 1 << 30)
    #expect(configuration.delivery.suppressesDuplicates)
    #expect(configuration.delivery.duplicateDays == 3)
    #expect(configuration.delivery.recipientDelimiter == "-")
    #expect(configuration.delivery.filesByDetail)
    #expect(!configuration.delivery.createsFolders)
    #expect(configuration.folders.sent == ["Gesendet"])
    #expect(configuration.folders.drafts == ["Entwürfe"])
    #expect(configuration.folders.templates == ["Vorlagen"])
    #expect(configuration.folders.trash == ["Papierkorb"])
    #expect(configuration.folders.junk == ["Spam"])
    #expect(configuration.ownAddresses == ["ada@example.org", "a.example@example.org", "ada@example.com"])
    #expect(configuration.list.joinsThreadsBySubject)
    #expect(configuration.quota == .init(limit: 1000, messages: 5, whenFull: .reject))
    let rules: [Configuration.ExpiryRule] = [
      .init(folder: "Trash", lifetime: 604_800), .init(folder: "Junk", lifetime: 1_209_600),
      .init(folder: "Lists/*", lifetime: 7_776_000), .init(folder: "Work", lifetime: nil),
    ]
    #expect(configuration.expiry == rules)
    var server = Configuration.Outgoing(host: "smtp.example.org", port: 25, tls: .starttls)
    server.login.user = "ada"
    server.login.passwordCommand = "pass mail"
    #expect(configuration.outgoing == [server])
  }

  @Test(arguments: [
    ("x = 1", "config.toml:1: x: unknown key"),
    ("\n[delivery]\nsize-limitt = 1", "config.toml:3: delivery.size-limitt: unknown key; do you mean size-limit?"),
    (
      "[delivery]\nsize-limit = true",
      "config.toml:2: delivery.size-limit: must be a size such as \"50 MB\" or a number of bytes"
    ),
    ("[delivery]\nsize-limit = -1", "config.toml:2: delivery.size-limit: must not be negative"),
    (
      "[delivery]\nsize-limit = \"50 bananas\"",
      "config.toml:2: delivery.size-limit: must be a size such as \"50 MB\" or a number of bytes"
    ),
    (
      "[delivery]\nsuppress-duplicates = \"yes\"",
      "config.toml:2: delivery.suppress-duplicates: must be true or false, not a string"
    ),
    ("[delivery]\nduplicate-days = 0", "config.toml:2: delivery.duplicate-days: must be between 1 and 3650"),
    ("delivery = 3", "config.toml:1: delivery: must be a table, [delivery], not an integer"),
    ("store = 3", "config.toml:1: store: must be a string, not an integer"),
    ("store = \"\"", "config.toml:1: store: must not be empty"),
    ("[identity]\naddress = \"a@b\"", "config.toml:1: identity: must be tables, [[identity]]"),
    ("[[identity]]\nname = \"Ada\"", "config.toml:1: identity.address: is missing"),
    ("[[identity]]\naddress = \"ada\"", "config.toml:2: identity.address: must be an address such as you@example.org"),
    (
      "[[identity]]\naddress = \"a@b\"\naliases = 3",
      "config.toml:3: identity.aliases: must be an array of strings"
    ),
    (
      "[outgoing]\nhost = \"h\"\ntls = \"ssl\"",
      "config.toml:3: outgoing.tls: must be \"implicit\", \"starttls\" or \"none\""
    ),
    ("[quota]\nwhen-full = \"bounce\"", "config.toml:2: quota.when-full: must be \"defer\" or \"reject\""),
    (
      "[expire]\nJunk = 14",
      "config.toml:2: expire.Junk: must be a string such as \"14d\" or \"never\", not an integer"
    ),
    (
      "[expire]\nJunk = \"14\"",
      "config.toml:2: expire.Junk: must be a time such as \"14d\", \"2w\", \"3m\" or \"1y\", or \"never\""
    ),
    (
      "[expire]\nJunk = \"0d\"",
      "config.toml:2: expire.Junk: must be a time such as \"14d\", \"2w\", \"3m\" or \"1y\", or \"never\""
    ),
    (
      "[expire]\nLists.old = \"14d\"",
      "config.toml:2: expire.Lists: must be a string such as \"14d\" or \"never\", not a table;"
        + " a name with a dot stands in quotation marks"
    ),
    ("[outgoing]\nport = 25", "config.toml:1: outgoing.host: is missing"),
  ])
  func mistakesAreReportedWithFileLineAndKey(text: String, expected: String) {
    #expect(problem(text) == expected)
  }

  @Test func aDocumentThatIsNoTOMLIsReportedWithItsLine() {
    #expect(problem("store = \"x\"\nb = \n")?.hasPrefix("config.toml:2: ") == true)
  }

  @Test(
    arguments: [
      ("0", 0), ("50 MB", 50_000_000), ("50MB", 50_000_000), ("1 KiB", 1024), ("2g", 2_000_000_000), ("7 B", 7),
    ] as [(String, Int64)])
  func sizesAreReadAsPeopleWriteThem(text: String, bytes: Int64) {
    #expect(parseByteCount(text) == bytes)
  }

  @Test(arguments: ["", "MB", "1.5 MB", "-1", "9999999999999 TB", "1 XB", "٣ MB"])
  func someTextIsNoSize(text: String) {
    #expect(parseByteCount(text) == nil)
  }

  @Test func theUsualPortGoesWithTheKindOfTLS() throws {
    #expect(try parse("[outgoing]\nhost = \"h\"").outgoing.first?.port == 465)
    #expect(try parse("[outgoing]\nhost = \"h\"\ntls = \"starttls\"").outgoing.first?.port == 587)
  }

  @Test func `A role may go to the first of several folders`() throws {
    let configuration = try Configuration(
      parsing: Array("[folders]\nsent = [\"Sent Items\", \".INBOX.Sent\"]\n".utf8), file: "c")
    #expect(configuration.folders.sent == ["Sent Items", ".INBOX.Sent"])
    #expect(configuration.folders.junk == ["Junk"])
  }

  @Test(arguments: [
    "sent = []", "sent = \"\"", "sent = 3", "sent = [3]", "junk = \"inbox\"", "sent = \"x\"\njunk = \"x\"",
    "sent = \"x\"\njunk = \"X\"", "junk = \"Trash\"",
    "sent = \"Work/x\"\njunk = \".work.X\"",
  ])
  func `A role needs a folder of its own`(text: String) {
    #expect(throws: ConfigurationError.self) {
      try Configuration(parsing: Array("[folders]\n\(text)\n".utf8), file: "c")
    }
  }
}
