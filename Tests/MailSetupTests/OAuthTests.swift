import MailConfiguration
import MailSystem
import Testing

@testable import MailSetup

@Suite struct OAuthTests {
  private var oauth: Configuration.OAuth {
    var oauth = Configuration.OAuth(name: "mail")
    oauth.clientID = "me"
    oauth.tokenEndpoint = "https://example.org/token"
    return oauth
  }

  private func withStore(_ work: (TokenStore, String) throws -> Void) throws {
    let directory = "/tmp/oauth-test-\(processID())-\(monotonicNow())"
    try createDirectory(directory)
    defer {
      for name in (try? directoryEntries(directory)) ?? [] { try? removeFile("\(directory)/\(name)") }
      try? removeDirectory(directory)
    }
    try work(TokenStore(directory: directory), directory)
  }

  // RFC 7636, appendix B.
  @Test func theChallengeIsTheHashOfTheVerifier() {
    let key = ProofKey(verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
    #expect(key.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    #expect(ProofKey()?.verifier.utf8.count == 43)
    #expect(ProofKey() != ProofKey())
  }

  @Test func anAnswerBecomesTokens() throws {
    let answer = try #require(
      parseJSON(
        Array("{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"expires_in\":\"3600\",\"scope\":\"s\"}".utf8)))
    let old = Tokens(access: Secret("x"), refresh: Secret("r"))
    let tokens = try #require(Tokens(answer, now: 1000, replacing: old))
    #expect(tokens == Tokens(access: Secret("a"), refresh: Secret("r"), expires: 4600, scope: "s"))
    #expect(tokens.isGood(at: 4000, margin: 60))
    #expect(!tokens.isGood(at: 4541, margin: 60))
  }

  @Test(arguments: [
    "{}", "{\"access_token\":\"\"}", "{\"access_token\":\"a b\"}", "{\"access_token\":\"a\\r\\nb\"}",
    "{\"access_token\":\"a\",\"token_type\":\"mac\"}", "{\"access_token\":1}",
  ])
  func anythingElseIsNoAnswer(text: String) throws {
    #expect(Tokens(try #require(parseJSON(Array(text.utf8))), now: 0) == nil)
  }

  @Test func tokensAreKeptInAFileOfTheirOwn() throws {
    try withStore { store, directory in
      #expect(try store.tokens(of: oauth) == nil)
      let tokens = Tokens(access: Secret("a\"b"), refresh: Secret("r"), expires: 5, scope: "s")
      try store.keep(tokens, of: oauth)
      #expect(try store.tokens(of: oauth) == tokens)
      #expect(try fileStatus("\(directory)/mail.json").permissions == 0o600)
      #expect(try store.forget(oauth))
      #expect(try !store.forget(oauth))
    }
  }

  @Test func tokensGoToNoOtherEndpointOrClient() throws {
    try withStore { store, _ in
      try store.keep(Tokens(access: Secret("a"), refresh: Secret("r")), of: oauth)
      var other = oauth
      other.tokenEndpoint = "https://evil.example/token"
      #expect(try store.tokens(of: other) == nil)
      other = oauth
      other.clientID = "you"
      #expect(try store.tokens(of: other) == nil)
    }
  }

  @Test func aFileThatOthersMayReadIsRefused() throws {
    try withStore { store, directory in
      try store.keep(Tokens(access: Secret("a")), of: oauth)
      try setPermissions("\(directory)/mail.json", to: 0o644)
      #expect(throws: SetupError.self) { try store.tokens(of: oauth) }
    }
  }

  @Test func damagedTokensAreNone() throws {
    try withStore { store, directory in
      try replaceFile("\(directory)/mail.json", with: Array("{\"access".utf8))
      #expect(try store.tokens(of: oauth) == nil)
      #expect(throws: SetupError.notLoggedIn("mail")) { try OAuthClient(oauth, store: store).accessToken() }
    }
  }

  @Test(arguments: [
    ("/?code=a%2Fb+c&state=s", ["code": "a/b c", "state": "s"]), ("/", [:]), ("/?", [:]), ("/?a", ["a": ""]),
    ("/?a=1&a=2", ["a": "1"]), ("/?a=%zz%", ["a": "%zz%"]),
  ])
  func theFieldsOfAnAddressAreRead(target: String, fields: [String: String]) {
    #expect(queryFields(target) == fields)
  }

  @Test func fieldsAreEncoded() {
    #expect(formEncoded([("a b", "c&d=é"), ("e", "-._~")]) == "a%20b=c%26d%3D%C3%A9&e=-._~")
  }
}
