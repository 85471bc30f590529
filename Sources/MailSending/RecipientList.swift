internal import MailBytes
internal import MailMIME

/// Recipients in the order in which they were named, each once.
struct RecipientList {
  private(set) var all: [Recipient] = []
  private var known: Set<String> = []

  mutating func add(_ recipient: Recipient) {
    // The local part may tell small letters from capitals, though hardly any does; the domain doesn't.
    let address = Address(address: recipient.address)
    let form = address.domain.isEmpty ? recipient.address : "\(address.localPart)@\(address.domain.lowercased())"
    if known.insert(form).inserted { all.append(recipient) }
  }
}

/// What stands in the place of an address: one, or something that is to be expanded.
enum RecipientWord: Equatable {
  case mailbox(Address)
  /// `list:NAME` or `group:NAME`, with the word before the colon in small letters.
  case token(kind: String, name: String)
}

/// The recipients in `text`, the value of an address field or a word of a command line.
func recipientWords(_ text: String) -> [RecipientWord] {
  let lower = text.lowercased()
  guard has(lower, "list:") || has(lower, "group:") else {
    return parseAddressList(text).flatMap { $0.addresses.map { .mailbox($0) } }
  }
  return pieces(text).flatMap { piece -> [RecipientWord] in
    if let token = token(piece) { return [token] }
    return parseAddressList(piece).flatMap { $0.addresses.map { .mailbox($0) } }
  }
}

/// The recipients in a word of a command line. What is neither a list of addresses nor an address with a name is taken as
/// it is: nothing of it may be read as something else.
func commandLineWords(_ word: String) -> [RecipientWord] {
  let lower = word.lowercased()
  let isOneLine = !word.utf8.contains { $0 < 0x20 && $0 != 0x09 }
  let isList = isOneLine && word.utf8.contains { [0x2C, 0x3C, 0x22, 0x28].contains($0) }
  if isList || lower.hasPrefix("list:") || lower.hasPrefix("group:") { return recipientWords(word) }
  return [.mailbox(Address(address: word[...].trimmed))]
}

private func has(_ text: String, _ word: String) -> Bool {
  let (bytes, wanted) = (Array(text.utf8), Array(word.utf8))
  guard bytes.count >= wanted.count else { return false }
  return (0...(bytes.count - wanted.count)).contains { bytes[$0..<($0 + wanted.count)].elementsEqual(wanted) }
}

/// `piece` as `list:NAME`, `list:"A B"` or with group.
private func token(_ piece: String) -> RecipientWord? {
  var text = piece[...].trimmed
  // The whole word may be quoted: "list:A B".
  if text.hasPrefix("\""), text.hasSuffix("\""), text.count > 2 { text = String(text.dropFirst().dropLast()) }
  guard let colon = text.firstIndex(of: ":") else { return nil }
  let kind = text[..<colon].lowercased()
  guard kind == "list" || kind == "group" else { return nil }
  var name = text[text.index(after: colon)...].trimmed
  if name.hasSuffix(";") { name.removeLast() }
  if name.hasPrefix("\""), name.hasSuffix("\""), name.count > 1 { name = String(name.dropFirst().dropLast()) }
  return name.isEmpty ? nil : .token(kind: kind, name: name)
}

/// `text` divided at the commas that stand in no quotes, comments or angle brackets.
private func pieces(_ text: String) -> [String] {
  var result: [String] = []
  var piece: [UInt8] = []
  var (isQuoted, depth, isEscaped) = (false, 0, false)
  for byte in text.utf8 {
    if isEscaped {
      isEscaped = false
    } else if byte == 0x5C {
      isEscaped = true
    } else if byte == 0x22, depth == 0 {
      isQuoted.toggle()
    } else if !isQuoted {
      if byte == 0x28 || byte == 0x3C { depth += 1 }
      if byte == 0x29 || byte == 0x3E { depth = max(0, depth - 1) }
      if byte == 0x2C, depth == 0 {
        result.append(string(piece))
        piece = []
        continue
      }
    }
    piece.append(byte)
  }
  return result + [string(piece)]
}

extension Substring {
  /// Without the white space at both ends.
  var trimmed: String {
    let rest = drop { $0.isWhitespace }
    guard let last = rest.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(rest[...last])
  }
}

/// The recipient at `address`, checked: one for a gateway where its domain is SMS or fax. What is no address is an error.
func checkedRecipient(_ address: String) throws(SendError) -> Recipient {
  let parts = Address(address: address)
  if let kind = Recipient.Kind(rawValue: parts.domain.lowercased()), kind != .mail {
    return Recipient(address, kind: kind)
  }
  if let problem = addressProblem(address) { throw .badAddress(clean(address), reason: problem) }
  return Recipient(address)
}

/// Why `address` can't be that of a mailbox; nil when it can. RFC 5321, sections 4.1.2 and 4.5.3.1.
func addressProblem(_ address: String) -> String? {
  if address.isEmpty { return "an address is missing" }
  for scalar in address.unicodeScalars where scalar.value < 0x20 || scalar.value == 0x7F || isUnsafe(scalar.value) {
    return "an address has no control characters"
  }
  let parts = Address(address: address)
  guard !parts.localPart.isEmpty else { return "nothing stands before the @" }
  guard !parts.domain.isEmpty else { return "is no address" }
  guard address.utf8.count <= 1000 else { return "is too long" }
  let isQuoted = parts.localPart.hasPrefix("\"") && parts.localPart.hasSuffix("\"") && parts.localPart.utf8.count > 1
  if !isQuoted {
    for byte in parts.localPart.utf8 where byte <= 0x20 || [0x3C, 0x3E, 0x28, 0x29, 0x2C, 0x3B, 0x22].contains(byte) {
      return "has characters that stand in no address"
    }
  }
  let isLiteral = parts.domain.hasPrefix("[") && parts.domain.hasSuffix("]")
  for byte in parts.domain.utf8 where !isLiteral {
    guard byte.isLetter || byte.isDigit || byte == 0x2D || byte == 0x2E || byte == 0x5F || byte >= 0x80 else {
      return "its domain can't be one"
    }
  }
  if !isLiteral, parts.domain.split(separator: ".", omittingEmptySubsequences: false).dropLast().contains("") {
    return "its domain can't be one"
  }
  return nil
}
