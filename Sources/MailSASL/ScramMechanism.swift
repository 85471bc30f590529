internal import MailBytes

/// Both sides prove that they know the password, and neither shows it. RFC 5802; RFC 7677.
public struct ScramMechanism: SASLMechanism {
  /// The most rounds that a server may ask for: about a second of work. RFC 7677 recommends 4,096 at least, which is what
  /// most servers ask for; careful ones go up to some 600,000.
  public static let iterationLimit = 2_000_000

  private enum State {
    case start
    case sentFirst(bare: [UInt8], nonce: [UInt8])
    case sentFinal(signature: [UInt8])
    case done
  }

  public var name: String {
    if case .bound = binding { hash.rawValue + "-PLUS" } else { hash.rawValue }
  }
  private let hash: ScramHash
  private let binding: ScramBinding
  private let header: [UInt8]
  private let user: String
  private let password: [UInt8]
  private let fixedNonce: [UInt8]?
  private var state = State.start

  /// Throws `unusableText` for what no prepared text may hold.
  public init(
    _ credentials: Credentials, password: String, hash: ScramHash, binding: ScramBinding
  ) throws(SASLError) {
    try self.init(credentials, password: password, hash: hash, binding: binding, nonce: nil)
  }

  /// The same with a nonce that is known beforehand, for test vectors.
  package init(
    _ credentials: Credentials, password: String, hash: ScramHash, binding: ScramBinding, nonce: String?
  ) throws(SASLError) {
    self.hash = hash
    self.binding = binding
    guard !credentials.user.isEmpty else { throw .unusableText("user name") }
    header = Array(binding.header(authorization: try saslPrepared(credentials.authorization, "name")).utf8)
    user = scramName(try saslPrepared(credentials.user, "user name"))
    self.password = Array(try saslPrepared(password, "password").utf8)
    guard !self.password.isEmpty else { throw .unusableText("password") }
    fixedNonce = nonce.map { Array($0.utf8) }
  }

  public var isComplete: Bool {
    if case .done = state { true } else { false }
  }

  public mutating func respond(to challenge: [UInt8]?) throws(SASLError) -> [UInt8]? {
    switch state {
    case .start:
      // A server that speaks first says nothing: an empty challenge.
      guard challenge?.isEmpty ?? true else { throw .badChallenge(mechanism: name, "a challenge before the name") }
      let random = try randomBytes(18)
      let nonce = fixedNonce ?? Base64.encode(random.span)
      let bare = Array("n=\(user),r=".utf8) + nonce
      state = .sentFirst(bare: bare, nonce: nonce)
      return header + bare
    case .sentFirst(let bare, let nonce):
      guard let challenge else { throw .badChallenge(mechanism: name, "nothing") }
      return try answer(challenge, bare: bare, nonce: nonce)
    case .sentFinal(let signature):
      guard let challenge else { throw .badChallenge(mechanism: name, "nothing") }
      try verify(challenge, signature: signature)
      state = .done
      return []
    case .done:
      throw .unexpectedChallenge(mechanism: name)
    }
  }

  /// The client's final message: the proof that it knows the password.
  private mutating func answer(_ challenge: [UInt8], bare: [UInt8], nonce: [UInt8]) throws(SASLError) -> [UInt8] {
    let first: ScramServerFirst
    switch ScramServerFirst.parse(challenge) {
    case .success(let value): first = value
    case .failure(let defect):
      if let reason = refusal(challenge) { throw .rejected(mechanism: name, reason) }
      throw .badChallenge(mechanism: name, defect.words)
    }
    guard first.nonce.starts(with: nonce), first.nonce.count > nonce.count
    else { throw .badChallenge(mechanism: name, "the nonce is not ours") }
    guard first.iterations <= Self.iterationLimit else { throw .tooManyIterations(first.iterations) }

    let digest = hash.digest
    let salted = try digest.stretch(password, salt: first.salt, iterations: first.iterations)
    let clientKey = try digest.authenticate(Array("Client Key".utf8), key: salted)
    let serverKey = try digest.authenticate(Array("Server Key".utf8), key: salted)
    var bound = header
    if case .bound(let binding) = binding { bound += binding.data }
    let unproved = Array("c=".utf8) + Base64.encode(bound.span) + Array(",r=".utf8) + first.nonce
    let message = bare + [0x2C] + challenge + [0x2C] + unproved
    let clientSignature = try digest.authenticate(message, key: try digest.hash(clientKey))
    let proof = zip(clientKey, clientSignature).map { $0 ^ $1 }
    state = .sentFinal(signature: try digest.authenticate(message, key: serverKey))
    return unproved + Array(",p=".utf8) + Base64.encode(proof.span)
  }

  /// Throws unless the server's final message proves that it knows the password.
  private func verify(_ challenge: [UInt8], signature: [UInt8]) throws(SASLError) {
    if let reason = refusal(challenge) { throw .rejected(mechanism: name, reason) }
    guard let attributes = ScramAttributes(challenge), let encoded = attributes.value(0, "v"),
      let claimed = strictBase64(encoded)
    else { throw .badChallenge(mechanism: name, "no signature") }
    guard isEqual(claimed, signature) else { throw .serverNotAuthentic(mechanism: name) }
  }

  /// The error that a server reports (`e=invalid-proof`), fit for people; nil when it reports none.
  private func refusal(_ challenge: [UInt8]) -> String? {
    guard let value = ScramAttributes(challenge)?.value(0, "e") else { return nil }
    return clean(string(value.prefix(80)))
  }
}
