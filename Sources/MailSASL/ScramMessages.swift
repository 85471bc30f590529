internal import MailBytes

/// The hash functions that SCRAM is used with. RFC 5802; RFC 7677.
public enum ScramHash: String, Sendable {
  case sha1 = "SCRAM-SHA-1"
  case sha256 = "SCRAM-SHA-256"

  /// The hash of the mechanism `name` (without -PLUS); nil when it is none of these.
  public init?(name: String) { self.init(rawValue: name) }

  var digest: Digest { self == .sha1 ? .sha1 : .sha256 }
}

/// What a client says about channel binding. RFC 5802, section 6.
public enum ScramBinding: Sendable, Equatable {
  /// It can't bind, or the server doesn't do it and the client knows why.
  case none
  /// It could bind, and the server has not offered it.
  case notOffered
  /// It binds to this; the mechanism is the one with -PLUS.
  case bound(ChannelBinding)

  /// The header that the client's first message begins with.
  func header(authorization: String) -> String {
    let name = authorization.isEmpty ? "" : "a=" + scramName(authorization)
    return switch self {
    case .none: "n,\(name),"
    case .notOffered: "y,\(name),"
    case .bound(let binding): "p=\(binding.name),\(name),"
    }
  }
}

/// `name` with "=" and "," as `=3D` and `=2C`. RFC 5802, section 5.1.
func scramName(_ name: String) -> String {
  var result = ""
  for character in name.unicodeScalars {
    switch character {
    case "=": result += "=3D"
    case ",": result += "=2C"
    default: result.unicodeScalars.append(character)
    }
  }
  return result
}

/// The attributes of a SCRAM message, in order: a letter and a value each.
///
///     attr-val = ALPHA "=" value
struct ScramAttributes {
  private(set) var pairs: [(letter: UInt8, value: ArraySlice<UInt8>)] = []

  /// The attributes of `message`; nil when it has another form.
  init?(_ message: [UInt8]) {
    guard message.count <= 4096 else { return nil }
    for field in message.split(separator: 0x2C, omittingEmptySubsequences: false) {
      guard field.count >= 2, let letter = field.first, letter.isLetter, field[field.startIndex + 1] == 0x3D,
        !field.contains(0)
      else { return nil }
      pairs.append((letter, field.dropFirst(2)))
    }
  }

  /// The value at place `index`, if the attribute there is `letter`.
  func value(_ index: Int, _ letter: Character) -> ArraySlice<UInt8>? {
    guard pairs.indices.contains(index), pairs[index].letter == letter.asciiValue else { return nil }
    return pairs[index].value
  }
}

/// What a server answers first: its nonce, its salt, its number of rounds.
///
///     server-first-message = [reserved-mext ","] nonce "," salt "," iteration-count ["," extensions]
struct ScramServerFirst {
  var nonce: [UInt8]
  var salt: [UInt8]
  var iterations: Int

  /// Reads `message`; the error is what is wrong with it.
  static func parse(_ message: [UInt8]) -> Result<ScramServerFirst, ScramDefect> {
    guard let attributes = ScramAttributes(message) else { return .failure(.init("not a list of attributes")) }
    if attributes.value(0, "m") != nil { return .failure(.init("an extension that must be understood")) }
    guard let nonce = attributes.value(0, "r"), nonce.allSatisfy({ 0x21...0x7E ~= $0 })
    else { return .failure(.init("no nonce")) }
    guard let encoded = attributes.value(1, "s"), let salt = strictBase64(encoded), !salt.isEmpty
    else { return .failure(.init("no salt")) }
    guard let digits = attributes.value(2, "i"), digits.count <= 10, digits.allSatisfy(\.isDigit),
      let count = Int(string(digits)), count > 0
    else { return .failure(.init("no iteration count")) }
    return .success(ScramServerFirst(nonce: Array(nonce), salt: salt, iterations: count))
  }
}

/// What is wrong with a message, in words.
struct ScramDefect: Error {
  let words: String
  init(_ words: String) { self.words = words }
}

/// The bytes of `text` if it is base64 and nothing else; nil otherwise.
func strictBase64(_ text: ArraySlice<UInt8>) -> [UInt8]? {
  let bytes = Base64.decode(text.span)
  return Base64.encode(bytes.span).elementsEqual(text) ? bytes : nil
}
