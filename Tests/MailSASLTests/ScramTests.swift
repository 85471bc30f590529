import Testing

@testable import MailSASL

/// A conversation with a mechanism, in text.
struct Conversation {
  var mechanism: any SASLMechanism

  mutating func answer(_ challenge: String?) throws -> String? {
    try mechanism.respond(to: challenge.map { Array($0.utf8) }).map { String(decoding: $0, as: UTF8.self) }
  }
}

/// The error that `work` throws, if it is one of ours.
func saslError(_ work: () throws -> Void) -> SASLError? {
  do {
    try work()
  } catch let error as SASLError {
    return error
  } catch {}
  return nil
}

func scram(
  _ hash: ScramHash = .sha256, binding: ScramBinding = .none, user: String = "user", password: String = "pencil",
  authorization: String = "", nonce: String? = "rOprNGfwEbeRWgbNEkqO"
) throws -> ScramMechanism {
  try ScramMechanism(
    Credentials(user: user, secret: .password(password), authorization: authorization), password: password, hash: hash,
    binding: binding, nonce: nonce)
}

@Suite struct ScramTests {
  private let first = "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"

  @Test func theExchangeOfRFC7677ComesOutAsPrinted() throws {
    var talk = Conversation(mechanism: try scram())
    #expect(try talk.answer(nil) == "n,,n=user,r=rOprNGfwEbeRWgbNEkqO")
    #expect(
      try talk.answer(first)
        == "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=")
    #expect(!talk.mechanism.isComplete)
    #expect(try talk.answer("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=") == "")
    #expect(talk.mechanism.isComplete)
    #expect(saslError { _ = try talk.answer("") } == .unexpectedChallenge(mechanism: "SCRAM-SHA-256"))
  }

  @Test func theExchangeOfRFC5802ComesOutAsPrinted() throws {
    var talk = Conversation(mechanism: try scram(.sha1, nonce: "fyko+d2lbbFgONRv9qkxdawL"))
    #expect(try talk.answer(nil) == "n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL")
    #expect(
      try talk.answer("r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096")
        == "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=")
    #expect(try talk.answer("v=rmF9pqV8S7suAoZWja4dJRkFsKQ=") == "")
    #expect(talk.mechanism.isComplete)
  }

  @Test func theHeaderTellsWhetherItIsBound() throws {
    let binding = ChannelBinding(name: "tls-exporter", data: [1, 2, 3])
    let cases: [(ScramBinding, String, String, String)] = [
      (.none, "SCRAM-SHA-256", "n,,", "c=biws,"), (.notOffered, "SCRAM-SHA-256", "y,,", "c=eSws,"),
      (.bound(binding), "SCRAM-SHA-256-PLUS", "p=tls-exporter,,", "c=cD10bHMtZXhwb3J0ZXIsLAECAw==,"),
    ]
    for (binding, name, header, bound) in cases {
      var talk = Conversation(mechanism: try scram(binding: binding))
      #expect(talk.mechanism.name == name)
      #expect(try talk.answer(nil)?.hasPrefix(header + "n=user,r=") == true)
      #expect(try talk.answer(first)?.hasPrefix(bound) == true)
    }
  }

  @Test func namesCantSmuggleInAttributes() throws {
    var talk = Conversation(mechanism: try scram(user: "a,r=b=c", authorization: "x,y="))
    #expect(try talk.answer(nil) == "n,a=x=2Cy=3D,n=a=2Cr=3Db=3Dc,r=rOprNGfwEbeRWgbNEkqO")
  }

  @Test func noncesDiffer() throws {
    var nonces = Set<String>()
    for _ in 0..<50 {
      var talk = Conversation(mechanism: try scram(nonce: nil))
      nonces.insert(try talk.answer(nil) ?? "")
    }
    #expect(nonces.count == 50)
    #expect(nonces.allSatisfy { $0.utf8.count == "n,,n=user,r=".utf8.count + 24 })
  }

  @Test(arguments: [
    "", "r=other,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096", "r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
    "r=rOprNGfwEbeRWgbNEkqOx,s=,i=4096", "r=rOprNGfwEbeRWgbNEkqOx,s=W22Z*,i=4096", "r=rOprNGfwEbeRWgbNEkqOx,s=W22Z",
    "r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=0", "r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=-1", "r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=",
    "r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=4096x", "r=rOprNGfwEbeRWgbNEkqOx,i=4096,s=W22Z", "s=W22Z,i=4096",
    "m=x,r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=4096", "r=rOprNGfwEbeRWgbNEkqOx\u{7F},s=W22Z,i=4096",
    "r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=99999999999999999999", "r=rOprNGfwEbeRWgbNEkqOx,,i=1",
    "r=rOprNGfwEbeRWgbNEkqOx\u{0},s=W22Z,i=4096", "garbage",
  ])
  func aChallengeThatIsNoneIsRefused(challenge: String) throws {
    var talk = Conversation(mechanism: try scram())
    _ = try talk.answer(nil)
    guard case .badChallenge("SCRAM-SHA-256", _) = saslError({ _ = try talk.answer(challenge) }) else {
      Issue.record("accepted")
      return
    }
    #expect(!talk.mechanism.isComplete)
  }

  @Test func extensionsBehindTheCountAreNoError() throws {
    var talk = Conversation(mechanism: try scram())
    _ = try talk.answer(nil)
    #expect(try talk.answer(first + ",x=y")?.hasPrefix("c=biws,r=") == true)
  }

  @Test func aServerThatAsksForHoursOfWorkIsRefusedAtOnce() throws {
    for count in [ScramMechanism.iterationLimit + 1, 2_147_483_647, 9_999_999_999] {
      var talk = Conversation(mechanism: try scram())
      _ = try talk.answer(nil)
      #expect(
        saslError { _ = try talk.answer("r=rOprNGfwEbeRWgbNEkqOx,s=W22Z,i=\(count)") } == .tooManyIterations(count))
    }
  }

  @Test func aServerThatDoesntKnowThePasswordIsFoundOut() throws {
    for (final, expected) in [
      ("v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", SASLError.serverNotAuthentic(mechanism: "SCRAM-SHA-256")),
      ("v=AAAA", .serverNotAuthentic(mechanism: "SCRAM-SHA-256")),
      ("v=", .serverNotAuthentic(mechanism: "SCRAM-SHA-256")),
      ("v=!", .badChallenge(mechanism: "SCRAM-SHA-256", "no signature")),
      ("", .badChallenge(mechanism: "SCRAM-SHA-256", "no signature")),
      ("e=invalid-proof", .rejected(mechanism: "SCRAM-SHA-256", "invalid-proof")),
    ] {
      var talk = Conversation(mechanism: try scram())
      _ = try talk.answer(nil)
      _ = try talk.answer(first)
      #expect(saslError { _ = try talk.answer(final) } == expected)
      #expect(!talk.mechanism.isComplete)
    }
  }

  @Test func aRefusalInPlaceOfTheSaltIsSaid() throws {
    var talk = Conversation(mechanism: try scram())
    _ = try talk.answer(nil)
    #expect(
      saslError { _ = try talk.answer("e=other-error\u{1B}[2J") }
        == .rejected(mechanism: "SCRAM-SHA-256", "other-error[2J"))
  }

  @Test func namesAndPasswordsThatNobodyCanHaveAreRefused() {
    #expect(saslError { _ = try scram(user: "") } == .unusableText("user name"))
    #expect(saslError { _ = try scram(password: "") } == .unusableText("password"))
    #expect(saslError { _ = try scram(password: "a\u{0}b") } == .unusableText("password"))
    #expect(saslError { _ = try scram(user: "a\nb") } == .unusableText("user name"))
  }
}
