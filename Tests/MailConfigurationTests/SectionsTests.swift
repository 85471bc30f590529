import Testing

@testable import MailConfiguration

private func parse(_ text: String) throws -> Configuration {
  try Configuration(parsing: Array(text.utf8), file: "/etc/me/config.toml", home: "/home/ada")
}

private func problems(_ text: String, isSystem: Bool = false) -> [String] {
  Configuration.reading(Array(text.utf8), file: "c", home: "/home/ada", isSystem: isSystem).1.map(\.description)
}

@Suite struct SectionsTests {
  @Test func anIdentityHasAllItsKeys() throws {
    let configuration = try parse(
      """
      [[identity]]
      name = "Ada Example"
      address = "ada@example.org"
      aliases = ["a@example.org"]
      reply-to = "answers@example.org"
      organization = "Example & Sons"
      bcc = ["archive@example.org"]
      sent = ""
      outgoing = "work"
      signing-key = "0x1234"
      card = "ada.vcf"
      receipt = "never"
      [identity.signature]
      text = "Ada"
      html-file = "~/sig/ada.html"
      position = "mark"
      [[identity]]
      address = "b@example.org"
      signature = "b"
      [[outgoing]]
      name = "home"
      host = "h"
      [[outgoing]]
      name = "work"
      host = "w"
      """)
    let identity = try #require(configuration.identities.first)
    #expect(identity.name == "Ada Example")
    #expect(identity.addresses == ["ada@example.org", "a@example.org"])
    #expect(identity.replyTo == ["answers@example.org"])
    #expect(identity.organization == "Example & Sons")
    #expect(identity.bcc == ["archive@example.org"])
    #expect(identity.sent?.isEmpty == true)
    #expect(identity.signingKey == "0x1234")
    #expect(identity.card == "/etc/me/ada.vcf")
    #expect(identity.receipt == .never)
    #expect(identity.signature?.text == "Ada")
    #expect(identity.signature?.htmlFile == "/home/ada/sig/ada.html")
    #expect(identity.signature?.position == .mark)
    #expect(configuration.identities[1].signature == .init(text: "b"))
    #expect(configuration.identities[1].sent == nil)
    #expect(configuration.outgoing(for: identity)?.host == "w")
    #expect(configuration.outgoing(for: configuration.identities[1])?.host == "h")
    #expect(configuration.outgoing(for: nil)?.name == "home")
    #expect(configuration.identity(for: "A@Example.Org")?.address == "ada@example.org")
    #expect(configuration.identity(for: "c@example.org") == nil)
  }

  @Test func aServerHasAllItsKeys() throws {
    let fingerprint = String(repeating: "Ab", count: 32)
    let server = try #require(
      try parse(
        """
        [outgoing]
        name = "main"
        host = "smtp.example.org"
        port = 2525
        tls = "starttls"
        user = "ada"
        password-file = "secret"
        token-command = "token"
        authentication = ["scram-sha-256", "plain"]
        clear-text-login = true
        ca-file = "~/ca.pem"
        fingerprint = "\(fingerprint)"
        certificate = "c.pem"
        certificate-key = "k.pem"
        proxy = "socks5://u:p%40ss@[::1]:9050"
        helo = "desk.example.org"
        connect-timeout = "20s"
        timeout = "2min"
        max-recipients = 50
        max-messages = 7
        rate = "100/1h"
        size-limit = "20 MB"
        dsn-notify = ["failure", "delay"]
        dsn-return = "headers"
        """
      ).outgoing.first)
    #expect(server.name == "main")
    #expect(server.kind == .smtp)
    #expect((server.host, server.port, server.tls) == ("smtp.example.org", 2525, .starttls))
    #expect(server.login.passwordFile == "/etc/me/secret")
    #expect(server.login.tokenCommand == "token")
    #expect(server.login.mechanisms == ["SCRAM-SHA-256", "PLAIN"])
    #expect(server.login.allowsClearText)
    #expect(server.login.isWanted)
    #expect(server.trust.caFile == "/home/ada/ca.pem")
    #expect(server.trust.fingerprints == [fingerprint.lowercased()])
    #expect(server.trust.certificate == "/etc/me/c.pem")
    #expect(server.trust.certificateKey == "/etc/me/k.pem")
    #expect(server.proxy == .init(host: "::1", port: 9050, user: "u", password: "p@ss"))
    #expect(server.heloName == "desk.example.org")
    #expect((server.limits.connectTimeout, server.limits.replyTimeout) == (20, 120))
    #expect((server.limits.recipients, server.limits.messages) == (50, 7))
    #expect(server.limits.rate == .init(count: 100, seconds: 3600))
    #expect(server.limits.size == 20_000_000)
    #expect(server.notification.notify == ["failure", "delay"])
    #expect(server.notification.return == .headers)
  }

  @Test func aProgramAndASocketTakeMailToo() throws {
    let configuration = try parse(
      """
      [[outgoing]]
      name = "far"
      kind = "command"
      command = "ssh host /usr/sbin/sendmail -i -f %f -- %r"
      [[outgoing]]
      name = "near"
      kind = "lmtp"
      socket = "/run/lmtp"
      [[outgoing]]
      name = "lmtp"
      kind = "lmtp"
      host = "localhost"
      """)
    #expect(configuration.outgoing[0].command == "ssh host /usr/sbin/sendmail -i -f %f -- %r")
    #expect(!configuration.outgoing[0].login.isWanted)
    #expect(configuration.outgoing[1].socket == "/run/lmtp")
    #expect(configuration.outgoing[1].tls == .none)
    #expect((configuration.outgoing[2].port, configuration.outgoing[2].tls) == (24, .none))
  }

  @Test func theOtherSectionsAreRead() throws {
    let configuration = try parse(
      """
      [send]
      queue = "always"
      queued-exit = 75
      delay = 10
      retry-after = ["1min", "1h"]
      warn-after = "1h"
      give-up-after = "2d"
      size-limit = 0
      max-recipients = 500
      rate = "20/min"
      [compose]
      editor = "vim -f"
      format = "markdown"
      forward = "attachment"
      quote = "below"
      attribution = "%n:"
      attachment-words = ["bijlage"]
      autosave = 3
      request-receipt = true
      [contacts]
      harvest = false
      max-lists = 3
      max-members = 10
      [[contacts.group]]
      name = "Club"
      path = "club.db"
      members = ["a@example.org", "b@example.org"]
      editors = ["a@example.org"]
      [gateway.sms]
      command = "sms-tool"
      from = "Ada"
      country = "+32"
      allow = ["+32", "+33"]
      deny = ["+32900"]
      max-parts = 3
      timeout = "30s"
      [gateway.fax]
      address = "%n@fax.example.org"
      [receipt]
      policy = "never"
      [[oauth]]
      name = "mail"
      client-id = "me"
      client-secret-command = "secret"
      token-endpoint = "https://example.org/token"
      authorization-endpoint = "https://example.org/auth"
      device-endpoint = "https://example.org/device"
      scope = "mail offline"
      redirect-port = 8765
      ca-file = "ca.pem"
      """)
    #expect((configuration.send.queue, configuration.send.queuedExit) == (.always, 75))
    #expect((configuration.send.delay, configuration.send.retryAfter) == (10, [60, 3600]))
    #expect((configuration.send.warnAfter, configuration.send.giveUpAfter) == (3600, 172_800))
    #expect((configuration.send.sizeLimit, configuration.send.maxRecipients) == (0, 500))
    #expect(configuration.send.rate == .init(count: 20, seconds: 60))
    #expect((configuration.compose.editor, configuration.compose.format) == ("vim -f", .markdown))
    #expect((configuration.compose.forward, configuration.compose.attribution) == (.attachment, "%n:"))
    #expect(configuration.compose.quote == .below)
    #expect((configuration.compose.attachmentWords, configuration.compose.autosave) == (["bijlage"], 3))
    #expect(configuration.compose.requestsReceipt)
    #expect(!configuration.contacts.harvests)
    #expect((configuration.contacts.maxLists, configuration.contacts.maxMembers) == (3, 10))
    let group = try #require(configuration.contacts.groups.first)
    #expect((group.name, group.path) == ("Club", "/etc/me/club.db"))
    #expect((group.members.count, group.editors) == (2, ["a@example.org"]))
    let sms = try #require(configuration.smsGateway)
    #expect((sms.command, sms.from, sms.country) == ("sms-tool", "Ada", "32"))
    #expect((sms.allow, sms.deny, sms.maxParts, sms.timeout) == (["+32", "+33"], ["+32900"], 3, 30))
    #expect(configuration.faxGateway?.address == "%n@fax.example.org")
    #expect(configuration.receipt.policy == .never)
    let oauth = try #require(configuration.oauth.first)
    #expect((oauth.name, oauth.clientID, oauth.clientSecretCommand) == ("mail", "me", "secret"))
    #expect((oauth.scope, oauth.redirectPort, oauth.caFile) == ("mail offline", 8765, "/etc/me/ca.pem"))
    #expect(oauth.deviceEndpoint == "https://example.org/device")
  }

  @Test func aFooterIsTheAdministratorsAlone() throws {
    let text = "[[footer]]\ndomain = [\"Example.org\", \"*.example.com\"]\ntext = \"Legal\"\n"
    #expect(problems(text) == ["c:1: footer: is for the administrator's configuration, /etc/postbag/config.toml"])
    let (configuration, found) = Configuration.reading(Array(text.utf8), file: "c", isSystem: true)
    #expect(found.isEmpty)
    let footer = try #require(configuration.footers.first)
    #expect(footer.isFor(domain: "EXAMPLE.org"))
    #expect(footer.isFor(domain: "a.example.com"))
    #expect(!footer.isFor(domain: "example.com"))
    #expect(!footer.isFor(domain: "a.example.org"))
    #expect(problems("[[footer]]\ntext = \"x\"\n", isSystem: true) == ["c:1: footer.domain: is missing"])
  }

  @Test func allMistakesOfAFileAreFound() {
    let text = """
      stroe = "x"
      [[identity]]
      name = "Ada"
      [[identity]]
      address = ada@example.org
      outgoing = "nobody"
      [outgoing]
      host = "smtp example org"
      tls = "ssl"
      pasword-command = "x"
      [send]
      delay = "10m"
      queued-exit = 1
      [gateway.sms]
      country = "Belgium"
      """
    #expect(
      problems(text) == [
        "c:1: stroe: unknown key; do you mean store?",
        "c:2: identity.address: is missing",
        "c:5: “ada@example.org” is no value; strings stand in quotation marks",
        "c:6: identity.outgoing: no [[outgoing]] has the name \"nobody\"",
        "c:8: outgoing.host: must be the name of a host, such as smtp.example.org",
        "c:9: outgoing.tls: must be \"implicit\", \"starttls\" or \"none\"",
        "c:10: outgoing.pasword-command: unknown key; do you mean password-command?",
        "c:12: send.delay: must be a time such as \"30s\", \"15min\", \"4h\" or \"5d\"",
        "c:13: send.queued-exit: must be 0 or 75",
        "c:14: gateway.sms.command: is missing; address would do",
        "c:15: gateway.sms.country: must be a calling code such as \"32\"",
      ])
  }

  @Test(arguments: [
    ("[[outgoing]]\nhost = \"a\"\n[[outgoing]]\nname = \"b\"\nhost = \"b\"", "c:1: outgoing.name: is missing"),
    (
      "[[outgoing]]\nname = \"a\"\nhost = \"a\"\n[[outgoing]]\nname = \"a\"\nhost = \"b\"",
      "c:5: outgoing.name: there is another [[outgoing]] \"a\""
    ),
    (
      "[outgoing]\nkind = \"command\"\ncommand = \"x\"\nhost = \"a\"",
      "c:4: outgoing.host: is for servers, not for kind = \"command\""
    ),
    ("[outgoing]\nkind = \"command\"", "c:1: outgoing.command: is missing"),
    ("[outgoing]\ncommand = \"x\"\nhost = \"a\"", "c:3: outgoing.host: is for servers, not for kind = \"command\""),
    (
      "[outgoing]\nsocket = \"/x\"\nhost = \"a\"",
      "c:3: outgoing.host: can't be given together with socket"
    ),
    (
      "[outgoing]\nhost = \"a\"\nuser = \"u\"\npassword = \"x\"",
      "c:4: outgoing.password: doesn't stand in the configuration; use password-command or password-file"
    ),
    ("[outgoing]\nhost = \"a\"\npassword-command = \"x\"", "c:3: outgoing.password-command: needs a user"),
    (
      "[outgoing]\nhost = \"a\"\nuser = \"u\"\npassword-command = \"x\"\npassword-file = \"y\"",
      "c:5: outgoing.password-file: can't be given together with password-command"
    ),
    (
      "[outgoing]\nhost = \"a\"\nuser = \"u\"\nauthentication = \"XOAUTH2\"",
      "c:4: outgoing.authentication: XOAUTH2 needs a token-command"
    ),
    (
      "[outgoing]\nhost = \"a\"\nuser = \"u\"\nauthentication = [\"PLAIN\", \"none\"]",
      "c:4: outgoing.authentication: \"NONE\" is none of SCRAM-SHA-256-PLUS, SCRAM-SHA-256, SCRAM-SHA-1-PLUS,"
        + " SCRAM-SHA-1, CRAM-MD5, PLAIN, LOGIN, XOAUTH2, OAUTHBEARER, EXTERNAL or \"none\" alone"
    ),
    (
      "[outgoing]\nhost = \"a\"\nfingerprint = \"12:34\"",
      "c:3: outgoing.fingerprint: must be a SHA-256 fingerprint: 64 hexadecimal digits"
    ),
    (
      "[outgoing]\nhost = \"a\"\ntls = \"none\"\nca-file = \"x\"",
      "c:4: outgoing.ca-file: can't be given together with tls = \"none\""
    ),
    ("[outgoing]\nhost = \"a\"\ncertificate-key = \"x\"", "c:3: outgoing.certificate-key: needs a certificate"),
    (
      "[outgoing]\nhost = \"a\"\nproxy = \"http://x\"",
      "c:3: outgoing.proxy: must be socks5://[user:password@]host:port"
    ),
    (
      "[outgoing]\nhost = \"a\"\nproxy = \"socks5://x:99999\"",
      "c:3: outgoing.proxy: must be socks5://[user:password@]host:port"
    ),
    (
      "[outgoing]\nhost = \"a\"\ndsn-notify = [\"never\", \"delay\"]",
      "c:3: outgoing.dsn-notify: must be some of \"success\", \"failure\" and \"delay\", or \"never\" alone"
    ),
    ("[outgoing]\nhost = \"a\"\nrate = \"100\"", "c:3: outgoing.rate: must be a number in a time, such as \"100/1h\""),
    ("[outgoing]\nhost = \"a\\nb\"", "c:2: outgoing.host: must be the name of a host, such as smtp.example.org"),
    (
      "[outgoing]\nhost = \"a\"\nuser = \"u\\r\\nRSET\"",
      "c:3: outgoing.user: must not contain line ends or other control characters"
    ),
    (
      "[[identity]]\naddress = \"a@b\"\nname = \"x\\r\\nBcc: y\"",
      "c:3: identity.name: must not contain line ends or other control characters"
    ),
    (
      "[[identity]]\naddress = \"a@b\"\nbcc = [\"x\"]",
      "c:3: identity.bcc: \"x\" must be an address such as you@example.org"
    ),
    (
      "[[identity]]\naddress = \"a@b\"\nsignature = 3",
      "c:3: identity.signature: must be a string or a table, not an integer"
    ),
    (
      "[[identity]]\naddress = \"a@b\"\n[identity.signature]\nposition = \"end\"",
      "c:3: identity.signature.text: is missing; text-file, html or html-file would do"
    ),
    (
      "[[identity]]\naddress = \"a@b\"\n[identity.signature]\ntext = \"x\"\ntext-file = \"y\"",
      "c:5: identity.signature.text-file: can't be given together with text"
    ),
    (
      "[send]\nretry-after = [\"1s\"]", "c:2: send.retry-after: must be between 10s and 7d"
    ),
    ("[compose]\nautosave = 60", "c:2: compose.autosave: must be between 1s and 10s"),
    (
      "[gateway.sms]\naddress = \"sms@example.org\"",
      "c:2: gateway.sms.address: must be an address in which %n stands for the number, such as %n@sms.example.org"
    ),
    (
      "[gateway.sms]\ncommand = \"x\"\nallow = [\"32\"]",
      "c:3: gateway.sms.allow: must be beginnings of international numbers, such as \"+32\""
    ),
    ("[gateway.fax]\ncommand = \"x\"\nmax-parts = 3", "c:3: gateway.fax.max-parts: unknown key"),
    (
      "[[contacts.group]]\nname = \"A\"\n[[contacts.group]]\nname = \"a\"",
      "c:4: contacts.group.name: there is another [[contacts.group]] \"a\""
    ),
    (
      "[[oauth]]\nname = \"../x\"\nclient-id = \"c\"\ntoken-endpoint = \"https://e\"\nauthorization-endpoint = \"https://e\"",
      "c:2: oauth.name: must be letters, digits, \"-\", \"_\", \"@\" and \".\""
    ),
    (
      "[[oauth]]\nname = \"x\"\nclient-id = \"c\"\ntoken-endpoint = \"http://e\"\nauthorization-endpoint = \"https://e\"",
      "c:4: oauth.token-endpoint: must be an address that begins with https://"
    ),
    (
      "[[oauth]]\nname = \"x\"\nclient-id = \"c\"\ntoken-endpoint = \"https://e\"",
      "c:1: oauth.authorization-endpoint: is missing; device-endpoint would do"
    ),
  ])
  func aMistakeIsTheOnlyOne(text: String, problem: String) {
    #expect(problems(text) == [problem])
  }

  @Test func readingGoesOnAfterWhatIsNoTOML() {
    let text = """
      a = [
        "x"
        "y",
      ]
      [delivery
      size-limit = 1
      [quota]
      limit = oops
      messages = "many"
      """
    #expect(
      problems(text) == [
        "c:3: expected “,” or “]” in the array", "c:5: expected “]” after the table's name",
        "c:8: “oops” is no value; strings stand in quotation marks",
        "c:9: quota.messages: must be an integer, not a string",
      ])
  }

  @Test func everyPrefixOfAFileCanBeRead() {
    let text = Array("[[identity]]\naddress = \"a@b\"\nsignature = \"\"\"x\ny\"\"\"\n[outgoing]\nhost = 'h' # c\n".utf8)
    for count in text.indices { _ = Configuration.reading(Array(text[..<count]), file: "c") }
    for index in text.indices {
      for byte in [UInt8](arrayLiteral: 0, 0x22, 0x5B, 0x5D, 0x3D, 0x0A, 0xFF) {
        var changed = text
        changed[index] = byte
        _ = Configuration.reading(changed, file: "c")
      }
    }
  }

  @Test(arguments: [("90", 90), ("30s", 30), ("15min", 900), ("4 h", 14400), ("5D", 432_000), ("1w", 604_800)])
  func timesAreReadAsPeopleWriteThem(text: String, seconds: Int64) { #expect(parseSeconds(text) == seconds) }

  @Test(arguments: ["", "m", "10m", "1y", "-1s", "1.5h", "99999999999s"])
  func someTextIsNoTime(text: String) { #expect(parseSeconds(text) == nil) }
}
