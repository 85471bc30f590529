internal import MailMIME

/// A list or a group of contacts that stands in an address field.
public struct ContactList: Sendable, Hashable {
  public enum Kind: String, Sendable { case list, group }

  public var kind: Kind
  public var name: String

  public init(_ kind: Kind, _ name: String) {
    self.kind = kind
    self.name = name
  }
}

/// One thing that an address field names.
enum AddressItem: Equatable {
  case entry(AddressListEntry)
  case contacts(ContactList)
}

/// What the address field `field` with the text `text` names. An item that is no address is an error that says which one.
func addressItems(_ text: String, field: String) throws(ComposeError) -> [AddressItem] {
  // Behind a line break somebody else could stand.
  if hasLineBreak(text) { throw .badAddress(field: field, text: text, reason: "has a line break in it") }
  var items: [AddressItem] = []
  for piece in addressPieces(text) {
    if let list = contactList(piece) {
      guard !list.name.isEmpty else { throw .badAddress(field: field, text: piece, reason: "names no \(list.kind)") }
      items.append(.contacts(list))
      continue
    }
    for entry in parseAddressList(piece) {
      for address in entry.addresses {
        guard let problem = addressProblem(address.address) else { continue }
        let shown = address.address.isEmpty ? address.name ?? piece : address.address
        throw .badAddress(field: field, text: shown, reason: problem)
      }
      items.append(.entry(entry))
    }
  }
  return items
}

/// Whether a line ends in `text` that no white space continues.
private func hasLineBreak(_ text: String) -> Bool {
  let bytes = Array(text.utf8)
  for (place, byte) in bytes.enumerated() where byte == 0x0A || byte == 0x0D && bytes.dropFirst(place + 1).first != 0x0A
  {
    guard let next = bytes.dropFirst(place + 1).first else { continue }
    if next != 0x20 && next != 0x09 { return true }
  }
  return false
}

/// Why `address` can't be written to; nil when it can. RFC 5321, section 4.1.2, RFC 6531, section 3.3.
public func addressProblem(_ address: String) -> String? {
  let bytes = Array(address.utf8)
  guard let at = bytes.lastIndex(of: 0x40) else { return "is not an address: it has no @" }
  let (local, domain) = (bytes[..<at], bytes[(at + 1)...])
  if local.isEmpty { return "is not an address: nothing is before the @" }
  if domain.isEmpty { return "is not an address: nothing is behind the @" }
  if bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) { return "is not an address: it has a control character" }
  let isQuoted = local.count > 2 && local.first == 0x22 && local.last == 0x22
  if !isQuoted {
    // The special characters of RFC 5322, section 3.2.3, without the dot.
    if let bad = local.first(where: { Array(" \"(),:;<>@[\\]".utf8).contains($0) }) {
      return "is not an address: '\(Character(Unicode.Scalar(bad)))' stands before the @"
    }
    if local.count > 1024 { return "is not an address: it is too long" }
  }
  if domain.first == 0x5B, domain.last == 0x5D { return nil }
  if domain.first == 0x2E || domain.last == 0x2E { return "is not an address: the domain has a dot at its end" }
  if domain.contains(where: { Array(" \"(),:;<>[\\]/!#$%&'*+=?^`{|}~".utf8).contains($0) }) {
    return "is not an address: the domain is none"
  }
  if domain.split(separator: 0x2E, omittingEmptySubsequences: false).contains(where: { $0.isEmpty || $0.count > 63 * 4 }
  ) {
    return "is not an address: the domain is none"
  }
  return nil
}

/// `list:NAME` or `group:NAME`, the name perhaps in quotes, or all of it.
private func contactList(_ piece: String) -> ContactList? {
  var text = trimmed(piece)
  if text.utf8.count > 2, text.hasPrefix("\""), text.hasSuffix("\"") { text = String(text.dropFirst().dropLast()) }
  guard let colon = text.utf8.firstIndex(of: 0x3A) else { return nil }
  let kind: ContactList.Kind
  switch text[..<colon].lowercased() {
  case "list": kind = .list
  case "group": kind = .group
  default: return nil
  }
  var name = trimmed(text[text.utf8.index(after: colon)...])
  if name.utf8.count >= 2, name.hasPrefix("\""), name.hasSuffix("\"") { name = String(name.dropFirst().dropLast()) }
  return ContactList(kind, name)
}

/// `text` cut at the commas between addresses: not those in quotes, comments, angle brackets and groups.
private func addressPieces(_ text: String) -> [String] {
  let bytes = Array(text.utf8)
  var pieces: [String] = []
  var start = 0
  var index = 0
  var (isQuoted, isAngled, isGroup, depth) = (false, false, false, 0)
  func take(_ end: Int) {
    let piece = trimmed(String(decoding: bytes[start..<end], as: UTF8.self))
    if !piece.isEmpty { pieces.append(piece) }
  }
  while index < bytes.count {
    let byte = bytes[index]
    switch byte {
    case 0x5C where isQuoted || depth > 0: index += 1
    case 0x22 where depth == 0: isQuoted.toggle()
    case _ where isQuoted: break
    case 0x28: depth += 1
    case 0x29 where depth > 0: depth -= 1
    case _ where depth > 0: break
    case 0x3C: isAngled = true
    case 0x3E: isAngled = false
    case 0x3A where !isAngled && !isGroup && !bytes[start..<index].contains(0x40):
      let word = String(decoding: bytes[start...index], as: UTF8.self)
      isGroup = contactList(word) == nil && trimmed(word).lowercased() != "mailto:"
    case 0x3B where !isAngled:
      // The end of a group, or what some people write instead of a comma.
      take(isGroup ? index + 1 : index)
      start = index + 1
      isGroup = false
    case 0x2C where !isAngled && !isGroup:
      take(index)
      start = index + 1
    default: break
    }
    index += 1
  }
  take(bytes.count)
  return pieces
}
