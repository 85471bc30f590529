import Testing

@testable import MailSASL

/// What a server may say in each exchange, and the exchange.
private let exchanges: [(start: @Sendable () throws -> any SASLMechanism, challenges: [String])] = [
  (
    { try scram() },
    [
      "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=96",
      "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
    ]
  ),
  (
    { try scram(.sha1, binding: .bound(ChannelBinding(name: "tls-unique", data: [9]))) },
    ["r=rOprNGfwEbeRWgbNEkqO3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=64", "e=channel-bindings-dont-match"]
  ),
  (
    { try CramMechanism(Credentials(user: "u", secret: .password("p")), password: "p") },
    ["<1896.697@mail.example.org>"]
  ),
  ({ try LoginMechanism(Credentials(user: "u", secret: .password("p")), password: "p") }, ["Username:", "Password:"]),
  ({ try XOAuth2Mechanism(Credentials(user: "u", secret: .token("t")), token: "t") }, ["{\"status\":\"401\"}"]),
  (
    { try OAuthBearerMechanism(Credentials(user: "u", secret: .token("t")), token: "t") },
    ["{\"status\":\"invalid_token\"}"]
  ),
]

@Suite struct RobustnessTests {
  /// Goes through an exchange in which `edit` changes what the server says in its turn number `turn`; true when it is believed.
  private func isBelieved(
    _ exchange: (start: @Sendable () throws -> any SASLMechanism, challenges: [String]), _ turn: Int,
    _ edit: (inout [UInt8]) -> Void
  ) throws -> Bool {
    var mechanism = try exchange.start()
    do {
      _ = try mechanism.respond(to: nil)
      for (number, challenge) in exchange.challenges.enumerated() {
        var bytes = Array(challenge.utf8)
        if number == turn { edit(&bytes) }
        _ = try mechanism.respond(to: bytes)
      }
    } catch {
      #expect(!error.description.utf8.contains { $0 < 0x20 || $0 == 0x7F })
      return false
    }
    return mechanism.isComplete
  }

  @Test(arguments: exchanges.indices) func everyPrefixOfAChallengeIsSurvived(index: Int) throws {
    let exchange = exchanges[index]
    for (turn, challenge) in exchange.challenges.enumerated() {
      for length in 0...challenge.utf8.count {
        let believed = try isBelieved(exchange, turn) { $0.removeLast($0.count - length) }
        if index < 2 { #expect(!believed) }
      }
    }
  }

  @Test(arguments: exchanges.indices) func aThousandFlippedBytesAreSurvived(index: Int) throws {
    var random = SeededNumbers(seed: UInt64(index + 1))
    let exchange = exchanges[index]
    for _ in 0..<1_000 {
      let turn = Int(random.next() % UInt64(exchange.challenges.count))
      let (place, bit) = (Int(random.next() >> 33), UInt8(1) << (random.next() % 8))
      let believed = try isBelieved(exchange, turn) { bytes in
        bytes[place % bytes.count] ^= bit
        // A number of rounds that is allowed takes its time.
        if let count = bytes.lastIndex(of: UInt8(ascii: "=")), count > 0, bytes.count - count > 5,
          bytes[count - 1] == UInt8(ascii: "i")
        {
          bytes.removeLast(bytes.count - count - 3)
        }
      }
      if index < 2 { #expect(!believed) }
    }
  }
}

/// The same numbers each time.
private struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ state >> 29
  }
}
