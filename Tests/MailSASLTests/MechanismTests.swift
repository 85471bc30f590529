import Testing

@testable import MailSASL

@Suite struct MechanismTests {
  private func credentials(_ user: String, _ secret: Credentials.Secret, authorization: String = "") -> Credentials {
    Credentials(user: user, secret: secret, authorization: authorization, host: "mail.example.org", port: 587)
  }

  @Test func plainIsTheOneOfRFC4616() throws {
    var talk = Conversation(
      mechanism: try PlainMechanism(credentials("tim", .password("")), password: "tanstaaftanstaaf"))
    #expect(try talk.answer(nil) == "\u{0}tim\u{0}tanstaaftanstaaf")
    #expect(talk.mechanism.isComplete)
    #expect(saslError { _ = try talk.answer("") } == .unexpectedChallenge(mechanism: "PLAIN"))
    // A server that sends an empty challenge first.
    var other = Conversation(
      mechanism: try PlainMechanism(credentials("Kurt", .password(""), authorization: "Ursel"), password: "xipj3plmq"))
    #expect(try other.answer("") == "Ursel\u{0}Kurt\u{0}xipj3plmq")
  }

  @Test func loginGivesTheNameAndThenThePassword() throws {
    for questions in [["Username:", "Password:"], ["", ""], ["User Name\u{0}", "Password\u{0}"]] {
      var talk = Conversation(mechanism: try LoginMechanism(credentials("me", .password("")), password: "é ½"))
      #expect(!talk.mechanism.clientSpeaksFirst)
      #expect(try talk.answer(nil) == nil)
      #expect(try talk.answer(questions[0]) == "me")
      #expect(!talk.mechanism.isComplete)
      #expect(try talk.answer(questions[1]) == "é ½")
      #expect(talk.mechanism.isComplete)
      #expect(saslError { _ = try talk.answer("More:") } == .unexpectedChallenge(mechanism: "LOGIN"))
    }
  }

  @Test func cramIsTheOneOfRFC2195() throws {
    var talk = Conversation(
      mechanism: try CramMechanism(credentials("tim", .password("")), password: "tanstaaftanstaaf"))
    #expect(try talk.answer(nil) == nil)
    #expect(
      try talk.answer("<1896.697170952@postoffice.reston.mci.net>") == "tim b913a602c7eda7a495b4e6e7334d3890")
    #expect(talk.mechanism.isComplete)
    var empty = Conversation(mechanism: try CramMechanism(credentials("tim", .password("")), password: "x"))
    #expect(saslError { _ = try empty.answer("") } != nil)
  }

  @Test func externalTellsANameOrNone() throws {
    var talk = Conversation(mechanism: try ExternalMechanism(credentials("me@example.org", .external)))
    #expect(try talk.answer(nil) == "me@example.org")
    var none = Conversation(mechanism: try ExternalMechanism(credentials("", .external)))
    #expect(try none.answer(nil) == "")
    #expect(none.mechanism.isComplete)
  }

  @Test func xoauth2IsTheFormOfItsMakers() throws {
    var talk = Conversation(
      mechanism: try XOAuth2Mechanism(
        credentials("someuser@example.com", .external), token: "ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg"))
    #expect(
      try talk.answer(nil)
        == "user=someuser@example.com\u{1}auth=Bearer ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg\u{1}\u{1}")
    #expect(talk.mechanism.explanation == nil)
    #expect(try talk.answer("{\"status\":\"401\",\"schemes\":\"bearer\"}\u{1B}") == "")
    #expect(talk.mechanism.explanation == "{\"status\":\"401\",\"schemes\":\"bearer\"}")
    #expect(saslError { _ = try talk.answer("again") } != nil)
  }

  @Test func oauthBearerIsTheOneOfRFC7628() throws {
    let user = Credentials(user: "user@example.com", secret: .external, host: "server.example.com", port: 143)
    var talk = Conversation(
      mechanism: try OAuthBearerMechanism(user, token: "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg=="))
    #expect(
      try talk.answer(nil)
        == "n,a=user@example.com,\u{1}host=server.example.com\u{1}port=143\u{1}auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\u{1}\u{1}"
    )
    #expect(try talk.answer("{\"status\":\"invalid_token\"}") == "\u{1}")
    #expect(talk.mechanism.explanation == "{\"status\":\"invalid_token\"}")
  }

  @Test func nothingCanBeSmuggledIn() {
    let bad: [() throws -> Void] = [
      { _ = try PlainMechanism(credentials("a\u{0}b", .external), password: "x") },
      { _ = try PlainMechanism(credentials("a", .external), password: "x\u{0}") },
      { _ = try PlainMechanism(credentials("", .external), password: "x") },
      { _ = try LoginMechanism(credentials("a", .external), password: "") },
      { _ = try XOAuth2Mechanism(credentials("a\u{1}auth=", .external), token: "t") },
      { _ = try XOAuth2Mechanism(credentials("a", .external), token: "t\n") },
      { _ = try XOAuth2Mechanism(credentials("a", .external), token: "") },
      { _ = try OAuthBearerMechanism(credentials("a", .external), token: "t\u{1}") },
      { _ = try ExternalMechanism(credentials("a\u{0}", .external)) },
    ]
    for attempt in bad {
      guard case .unusableText = saslError(attempt) else {
        Issue.record("accepted")
        continue
      }
    }
  }

  @Test func aSecretIsNeverPrinted() {
    let secret = credentials("me", .password("geheim"))
    var dumped = ""
    dump(secret, to: &dumped)
    #expect(!"\(secret) \(String(reflecting: secret)) \(dumped)".contains("geheim"))
  }

  @Test func theSameHashOfAnEmptyKeyEachTime() throws {
    // RFC 2104's function, with keys longer than a block and none at all.
    #expect(hex(try Digest.md5.authenticate([], key: [])) == "74e6f7298a9c2d168935f58c001bad88")
    #expect(
      hex(try Digest.sha256.authenticate(Array("Hi There".utf8), key: [UInt8](repeating: 0x0B, count: 20)))
        == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
    #expect(
      hex(try Digest.sha1.stretch(Array("password".utf8), salt: Array("salt".utf8), iterations: 4096))
        == "4b007901b765489abead49d926f721d065a429c1")
  }

  private func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

@Suite struct SASLChooserTests {
  private let password = Credentials(user: "me", secret: .password("x"))
  private let binding = ChannelBinding(name: "tls-exporter", data: [1])

  private func names(
    _ offered: String, _ credentials: Credentials, encrypted: Bool = true, clear: Bool = false, allowed: [String] = [],
    binding: ChannelBinding? = nil
  ) throws -> [String] {
    try SASLChooser(isEncrypted: encrypted, allowsClearText: clear, allowed: allowed, channelBinding: binding)
      .candidates(offered: offered.split(separator: " ").map(String.init), credentials: credentials).map(\.name)
  }

  @Test func theBestComesFirst() throws {
    let all =
      "LOGIN PLAIN CRAM-MD5 XOAUTH2 OAUTHBEARER EXTERNAL GSSAPI SCRAM-SHA-1 scram-sha-256 SCRAM-SHA-256-PLUS SCRAM-SHA-1-PLUS"
    #expect(
      try names(all, password, binding: binding) == [
        "SCRAM-SHA-256-PLUS", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN", "LOGIN", "CRAM-MD5",
      ])
    #expect(try names(all, password) == ["SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN", "LOGIN", "CRAM-MD5"])
    #expect(try names(all, Credentials(user: "me", secret: .token("t"))) == ["OAUTHBEARER", "XOAUTH2"])
    #expect(try names(all, Credentials(user: "", secret: .external)) == ["EXTERNAL"])
  }

  @Test func aPasswordIsNotShownInClear() throws {
    #expect(try names("PLAIN LOGIN CRAM-MD5 SCRAM-SHA-1", password, encrypted: false) == ["SCRAM-SHA-1", "CRAM-MD5"])
    #expect(
      saslError { _ = try names("PLAIN LOGIN", password, encrypted: false) }
        == .noMechanism(offered: ["PLAIN", "LOGIN"], needsEncryption: true))
    #expect(
      saslError { _ = try names("XOAUTH2", Credentials(user: "me", secret: .token("t")), encrypted: false) }
        == .noMechanism(offered: ["XOAUTH2"], needsEncryption: true))
    #expect(try names("PLAIN", password, encrypted: false, clear: true) == ["PLAIN"])
  }

  @Test func onlyWhatIsAllowedIsUsedInItsOrder() throws {
    #expect(try names("PLAIN LOGIN SCRAM-SHA-1", password, allowed: ["login", "PLAIN"]) == ["LOGIN", "PLAIN"])
    #expect(
      saslError { _ = try names("PLAIN", password, allowed: ["SCRAM-SHA-1"]) }
        == .noMechanism(offered: ["PLAIN"], needsEncryption: false))
    #expect(saslError { _ = try names("", password) } == .noMechanism(offered: [], needsEncryption: false))
    #expect(try names("PLAIN UNKNOWN-THING", password, allowed: ["UNKNOWN-THING", "PLAIN"]) == ["PLAIN"])
  }

  @Test func nobodyCanStrikeTheBindingFromTheList() throws {
    func first(_ offered: String, _ binding: ChannelBinding?) throws -> String? {
      let chooser = SASLChooser(isEncrypted: true, allowed: ["SCRAM-SHA-256"], channelBinding: binding)
      var talk = Conversation(
        mechanism: try chooser.choose(offered: offered.split(separator: " ").map(String.init), credentials: password))
      return try talk.answer(nil).map { String($0.prefix(2)) }
    }
    #expect(try first("SCRAM-SHA-256", binding) == "y,")
    #expect(try first("SCRAM-SHA-256 SCRAM-SHA-256-PLUS", binding) == "n,")
    #expect(try first("SCRAM-SHA-256", nil) == "n,")
  }

  @Test func whatOneMechanismCantCarryAnotherMay() throws {
    // Letters of two directions: SCRAM prepares the password itself, PLAIN leaves that to the server.
    let mixed = Credentials(user: "me", secret: .password("abc\u{627}"))
    #expect(try names("SCRAM-SHA-256 PLAIN", mixed) == ["PLAIN"])
    #expect(saslError { _ = try names("SCRAM-SHA-256", mixed) } == .unusableText("password"))
  }
}
