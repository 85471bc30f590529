// Challenges of a server that wants to log in as little as anybody: whatever it sends, an exchange ends, what goes back fits on
// one line of base64, and nobody but who knows the password is believed.
import MailSASL

private let credentials = Credentials(user: "us,er", secret: .password("pencil"), host: "mail.example.org", port: 587)

private func mechanism(_ number: UInt8) throws -> any SASLMechanism {
  switch number % 8 {
  case 0: try PlainMechanism(credentials, password: "pencil")
  case 1: try LoginMechanism(credentials, password: "pencil")
  case 2: try CramMechanism(credentials, password: "pencil")
  case 3: try XOAuth2Mechanism(credentials, token: "token")
  case 4: try OAuthBearerMechanism(credentials, token: "token")
  case 5: try ExternalMechanism(credentials)
  case 6: try ScramMechanism(credentials, password: "pencil", hash: .sha1, binding: .notOffered)
  default:
    try ScramMechanism(
      credentials, password: "pencil", hash: .sha256,
      binding: .bound(ChannelBinding(name: "tls-exporter", data: [1, 2])))
  }
}

/// `challenge` with `$` as our nonce, and with few enough rounds that a run stays short.
private func filled(_ challenge: ArraySlice<UInt8>, _ nonce: ArraySlice<UInt8>) -> [UInt8] {
  challenge.flatMap { $0 == UInt8(ascii: "$") ? Array(nonce) : [$0] }
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzSASL(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: count))
  guard let first = bytes.first, var talk = try? mechanism(first) else { return 0 }
  let isScram = talk.name.hasPrefix("SCRAM")
  var nonce: ArraySlice<UInt8> = []
  do {
    if first & 8 == 0, let start = try talk.respond(to: nil) {
      nonce = start.lastIndex(of: UInt8(ascii: "=")).map { start[($0 + 1)...] } ?? []
    }
    var rounds = 0
    for challenge in bytes.dropFirst().split(separator: 0x0A, omittingEmptySubsequences: false) {
      // Half a million rounds are allowed; fuzzing needs no such patience.
      if isScram, challenge.suffix(4).filter({ 0x30...0x39 ~= $0 }).count == 4, challenge.count > 12 { continue }
      let answer = try talk.respond(to: filled(challenge, nonce))
      precondition(answer.map { $0.count < 16_384 } ?? true)
      if isScram { precondition(!talk.isComplete) }
      rounds += 1
      precondition(rounds <= 4)
      _ = talk.explanation
    }
  } catch let error as SASLError {
    precondition(!error.description.isEmpty && !error.description.utf8.contains { $0 < 0x20 })
  } catch {}
  return 0
}
