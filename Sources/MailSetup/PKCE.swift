internal import COpenSSL

/// A secret for one login, and what of it goes through the browser. RFC 7636.
struct ProofKey: Equatable {
  /// `code_verifier`.
  let verifier: String

  /// A new one; nil where the system gives no random numbers.
  init?() {
    guard let verifier = randomText() else { return nil }
    self.verifier = verifier
  }

  init(verifier: String) { self.verifier = verifier }

  /// `code_challenge` of the method S256; nil when there is no SHA-256.
  var challenge: String? {
    let bytes = Array(verifier.utf8)
    var digest = [UInt8](repeating: 0, count: 32)
    var count: UInt32 = 0
    guard unsafe EVP_Digest(bytes, bytes.count, &digest, &count, EVP_sha256(), nil) == 1, count == 32 else {
      return nil
    }
    return base64URL(digest)
  }
}

/// 32 random bytes as 43 letters and digits; nil where the system gives none.
func randomText() -> String? {
  var bytes = [UInt8](repeating: 0, count: 32)
  guard unsafe RAND_bytes(&bytes, Int32(bytes.count)) == 1 else { return nil }
  return base64URL(bytes)
}

/// Base64 without padding, with `-` and `_`. RFC 4648, section 5.
private func base64URL(_ bytes: [UInt8]) -> String {
  let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
  var result: [UInt8] = []
  var bits = 0
  var held = 0
  for byte in bytes {
    bits = bits << 8 | Int(byte)
    held += 8
    while held >= 6 {
      held -= 6
      result.append(alphabet[bits >> held & 63])
      bits &= (1 << held) - 1
    }
  }
  if held > 0 { result.append(alphabet[bits << (6 - held) & 63]) }
  return String(decoding: result, as: UTF8.self)
}
