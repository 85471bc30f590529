internal import MailBytes

/// The words of an address field, the first one at `column`. RFC 5322, section 3.4.
func addressTokens(_ entries: [AddressListEntry], isSevenBit: Bool, column: Int = 0) -> [HeaderToken] {
  var tokens: [HeaderToken] = []
  for (place, entry) in entries.enumerated() {
    if place > 0 { tokens.append(glued(0x2C)) }
    switch entry {
    case .mailbox(let address):
      tokens += mailboxTokens(address, isSevenBit: isSevenBit, column: place == 0 ? column : 0)
    case .group(let name, let members):
      tokens += phraseTokens(name.isEmpty ? "undisclosed-recipients" : name, column: place == 0 ? column : 0)
      tokens.append(glued(0x3A))
      for (place, member) in members.enumerated() {
        if place > 0 { tokens.append(glued(0x2C)) }
        tokens += mailboxTokens(member, isSevenBit: isSevenBit)
      }
      tokens.append(glued(0x3B))
    }
  }
  return tokens
}

private func glued(_ byte: UInt8) -> HeaderToken {
  var token = HeaderToken([byte])
  token.isGlued = true
  return token
}

private func mailboxTokens(_ address: Address, isSevenBit: Bool, column: Int = 0) -> [HeaderToken] {
  var text = address.address
  // A domain in its own letters has a form that every server takes; a local part has none.
  if !isASCII(text.utf8.span), isSevenBit || isASCII(address.localPart.utf8.span) {
    text = "\(address.localPart)@\(Punycode.asciiDomain(String(address.domain)))"
  }
  let bytes = text.utf8.filter { $0 >= 0x20 && $0 != 0x7F }
  guard let name = address.name, !name.isEmpty else { return [HeaderToken(bytes)] }
  if bytes.isEmpty { return phraseTokens(name, column: column) }
  return phraseTokens(name, column: column) + [HeaderToken([0x3C] + bytes + [0x3E])]
}

/// A name: atoms, a quoted string, or encoded words, whichever is enough. RFC 5322, section 3.2.5.
private func phraseTokens(_ name: String, column: Int) -> [HeaderToken] {
  let bytes = oneLine(name)
  let isPrintable = bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  let isSpaced = bytes.first != 0x20 && bytes.last != 0x20
  guard isPrintable, isSpaced, findEncodedWord(bytes.span, from: 0) == nil else { return wholeEncoded(bytes, column) }
  let words = bytes.split(separator: 0x20, omittingEmptySubsequences: false)
  if words.allSatisfy({ word in !word.isEmpty && word.count <= 70 && word.allSatisfy(isAtomText) }) {
    return words.map { HeaderToken(Array($0)) }
  }
  // A quoted string that is too long for a line could be folded, but is read wrongly by too many.
  guard bytes.count <= 60 else { return wholeEncoded(bytes, column) }
  var quoted: [UInt8] = [0x22]
  for byte in bytes {
    if byte == 0x22 || byte == 0x5C { quoted.append(0x5C) }
    quoted.append(byte)
  }
  return [HeaderToken(quoted + [0x22])]
}

/// All of `name` in encoded words: beside an encoded word no quoted string may stand that has to be read with it.
private func wholeEncoded(_ name: [UInt8], _ column: Int) -> [HeaderToken] {
  encodedWords(name[...], isPhrase: true, column: column)
}

/// The octets of an atom. RFC 5322, section 3.2.3.
private func isAtomText(_ byte: UInt8) -> Bool {
  if byte.isLetter || byte.isDigit { return true }
  switch byte {
  case 0x21, 0x23, 0x24, 0x25, 0x26, 0x27, 0x2A, 0x2B, 0x2D, 0x2F, 0x3D, 0x3F, 0x5E, 0x5F, 0x60, 0x7B, 0x7C, 0x7D, 0x7E:
    return true
  default: return false
  }
}
