import MailConfiguration
import Testing

@testable import MailSetup

@Suite struct AccountWriterTests {
  private func account(_ address: String = "ada@example.org", host: String = "smtp.example.org") -> Account {
    var server = Configuration.Outgoing(host: host, port: 465)
    server.login.user = address
    server.login.passwordCommand = "pass mail"
    return Account(name: "Ada \"A\" Example", address: address, outgoing: server)
  }

  private func add(
    _ account: Account, to text: String, _ conflict: AccountWriter.Conflict = .stop
  ) throws -> String {
    let writer = try AccountWriter(Array(text.utf8), file: "c", home: nil)
    return String(decoding: try writer.adding(account, conflict), as: UTF8.self)
  }

  @Test func anEmptyFileGetsTheWholeAccount() throws {
    #expect(
      try add(account(), to: "") == """
        # See mail-config(5); mail-setup --check tells mistakes.

        [[identity]]
        name = "Ada \\"A\\" Example"
        address = "ada@example.org"

        [outgoing]
        host = "smtp.example.org"
        port = 465
        tls = "implicit"
        user = "ada@example.org"
        password-command = "pass mail"

        """)
  }

  @Test func whatTheFileSaysStays() throws {
    let text = "# mine\nstore = \"~/Mail\" # here\n[quota]\nlimit = '5 GB'\n# end"
    let result = try add(account(), to: text)
    #expect(result.hasPrefix(text + "\n\n[[identity]]\n"))
  }

  @Test func aSecondAccountGetsAServerOfItsOwn() throws {
    let first = try add(account(), to: "")
    let second = try add(account("ada@example.com", host: "mx.example.com"), to: first, .add)
    let configuration = try Configuration(parsing: Array(second.utf8), file: "c")
    #expect(configuration.outgoing.map(\.name) == ["default", "example.com"])
    #expect(configuration.outgoing(for: configuration.identity(for: "ada@example.com"))?.host == "mx.example.com")
    #expect(configuration.outgoing(for: configuration.identity(for: "ada@example.org"))?.host == "smtp.example.org")
    let third = try add(account("eve@example.com", host: "mx.example.com"), to: second, .add)
    #expect(
      try Configuration(parsing: Array(third.utf8), file: "c").outgoing.map(\.name)
        == ["default", "example.com", "example.com-2"])
  }

  @Test func anAddressMayUseAServerThatIsThere() throws {
    var other = Account(name: nil, address: "office@example.org")
    other.outgoingName = "default"
    let result = try add(other, to: try add(account(), to: ""), .add)
    #expect(result.hasSuffix("[[identity]]\naddress = \"office@example.org\"\noutgoing = \"default\"\n"))
    other.outgoingName = "nobody"
    #expect(throws: SetupError.self) { try add(other, to: try add(account(), to: ""), .add) }
  }

  @Test func nothingIsReplacedUnasked() throws {
    let text = try add(account(), to: "")
    #expect(throws: SetupError.self) { try add(account(), to: text) }
    #expect(throws: SetupError.self) { try add(account("b@example.org"), to: text) }
    #expect(throws: SetupError.self) { try add(account(), to: text, .add) }
  }

  @Test func replacingKeepsCommentsAndOtherKeys() throws {
    let text = """
      # top
      [[identity]] # me
      address = "ada@example.org"
      name = "Old" # my name
      signature = \"\"\"
      [outgoing]
      host = "not this"
      \"\"\"

      [outgoing]
      # the server
      host = "old.example.org" # old
      port = 587
      tls = "starttls"
      user = "old"
      password-file = "secret"
      rate = "5/h"   # slow
      """
    let result = try add(account(), to: text, .replace)
    #expect(
      result == """
        # top
        [[identity]] # me
        address = "ada@example.org"
        name = "Ada \\"A\\" Example" # my name
        signature = \"\"\"
        [outgoing]
        host = "not this"
        \"\"\"

        [outgoing]
        host = "smtp.example.org"
        port = 465
        tls = "implicit"
        user = "ada@example.org"
        password-command = "pass mail"
        # the server
        rate = "5/h"   # slow

        """)
  }

  @Test func aFileWithMistakesIsNotTouched() {
    #expect(throws: SetupError.self) { try add(account(), to: "[outgoing]\nhots = \"x\"\n") }
  }

  @Test func whatCanNotBeChangedByLinesIsLeftToItsAuthor() {
    #expect(throws: SetupError.self) {
      try add(account("b@example.org"), to: "outgoing = { host = \"a\" }\n", .add)
    }
    #expect(throws: SetupError.self) {
      try add(account("b@example.org"), to: "outgoing.host = \"a\"\n", .add)
    }
  }

  @Test func lineEndsStayAsTheyAre() throws {
    let result = try add(account(), to: "store = \"x\"\r\n")
    #expect(result.unicodeScalars.filter { $0 == "\n" }.count == result.unicodeScalars.filter { $0 == "\r" }.count)
  }

  @Test func anOAuthServerIsWrittenOnce() throws {
    var account = account()
    account.oauth = Configuration.OAuth(name: "work")
    account.oauth?.clientID = "id"
    account.oauth?.tokenEndpoint = "https://example.org/token"
    account.oauth?.deviceEndpoint = "https://example.org/device"
    let text = try add(account, to: "")
    #expect(text.hasSuffix("device-endpoint = \"https://example.org/device\"\n"))
    let again = try add(account, to: text, .replace)
    #expect(try Configuration(parsing: Array(again.utf8), file: "c").oauth.count == 1)
  }
}
