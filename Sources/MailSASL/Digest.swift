internal import COpenSSL

/// A hash function of libcrypto.
enum Digest: Sendable {
  case md5, sha1, sha256

  /// The length of its results, in bytes.
  var size: Int {
    switch self {
    case .md5: 16
    case .sha1: 20
    case .sha256: 32
    }
  }

  private var function: OpaquePointer? {
    switch self {
    case .md5: unsafe EVP_md5()
    case .sha1: unsafe EVP_sha1()
    case .sha256: unsafe EVP_sha256()
    }
  }

  /// The hash of `bytes`.
  func hash(_ bytes: [UInt8]) throws(SASLError) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: size)
    var written: UInt32 = 0
    guard unsafe EVP_Digest(bytes, bytes.count, &result, &written, function, nil) == 1, written == size
    else { throw .internalFailure("digest") }
    return result
  }

  /// The keyed hash of `bytes`. RFC 2104.
  func authenticate(_ bytes: [UInt8], key: [UInt8]) throws(SASLError) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: size)
    var written: UInt32 = 0
    // An empty key is a key; a null pointer would mean the one used before.
    let padded = key + [0]
    guard unsafe HMAC(function, padded, Int32(key.count), bytes, bytes.count, &result, &written) != nil, written == size
    else { throw .internalFailure("HMAC") }
    return result
  }

  /// A key made of a password by `iterations` rounds. RFC 8018, section 5.2; Hi() of RFC 5802.
  func stretch(_ password: [UInt8], salt: [UInt8], iterations: Int) throws(SASLError) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: size)
    let padded = password.map { CChar(bitPattern: $0) } + [0]
    guard let rounds = Int32(exactly: iterations),
      unsafe PKCS5_PBKDF2_HMAC(
        padded, Int32(password.count), salt, Int32(salt.count), rounds, function, Int32(size), &result) == 1
    else { throw .internalFailure("PBKDF2") }
    return result
  }
}

/// Random bytes that nobody can guess.
func randomBytes(_ count: Int) throws(SASLError) -> [UInt8] {
  var result = [UInt8](repeating: 0, count: count)
  guard unsafe RAND_bytes(&result, Int32(count)) == 1 else { throw .internalFailure("random numbers") }
  return result
}

/// `one` and `other` are the same, found out in a time that doesn't tell where they differ.
func isEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
  guard one.count == other.count else { return false }
  return zip(one, other).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) } == 0
}
