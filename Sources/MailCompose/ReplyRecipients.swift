internal import MailMIME

/// Whom an answer goes to.
public enum ReplyScope: Sendable, CaseIterable {
  /// Who wrote.
  case author
  /// Everybody.
  case everybody
  /// The mailing list.
  case list
}

/// The recipients of an answer.
struct ReplyRecipients: Equatable {
  var to: [Address] = []
  var cc: [Address] = []

  /// Those of an answer to the message with `headers`; the user's own addresses are left out.
  init(_ headers: Headers, _ scope: ReplyScope, _ identities: Identities) throws(ComposeError) {
    let author = Self.valid(headers.addresses("From"))
    let isOwn = author.contains { identities.isOwn($0.address) }
    switch scope {
    case .author:
      // Who goes on after a message of their own means its recipients.
      to = isOwn ? Self.valid(headers.addresses("To")) : Self.answers(to: headers, ["Mail-Reply-To", "Reply-To"])
      if to.isEmpty { to = author }
    case .everybody:
      let followup = Self.valid(headers.addresses("Mail-Followup-To"))
      if !followup.isEmpty {
        to = followup
      } else if isOwn {
        to = Self.valid(headers.addresses("To"))
        cc = Self.valid(headers.addresses("Cc"))
      } else {
        to = Self.answers(to: headers, ["Reply-To"])
        cc = Self.valid(headers.addresses("To")) + Self.valid(headers.addresses("Cc"))
      }
    case .list: to = [try Self.listAddress(headers)]
    }
    tidy(identities, isForAll: scope == .everybody, fallback: author)
  }

  /// Leaves the user's own addresses and repetitions out; somebody stays.
  private mutating func tidy(_ identities: Identities, isForAll: Bool, fallback: [Address]) {
    var seen: Set<String> = []
    let (allTo, allCc) = (to, cc)
    let isWanted = { (address: Address, seen: inout Set<String>) in
      (!isForAll || !identities.isOwn(address.address)) && seen.insert(addressKey(address.address)).inserted
    }
    to = []
    cc = []
    for address in allTo where isWanted(address, &seen) { to.append(address) }
    for address in allCc where isWanted(address, &seen) { cc.append(address) }
    if to.isEmpty, !cc.isEmpty { (to, cc) = (cc, []) }
    if to.isEmpty { to = Array((allTo.isEmpty ? fallback : allTo).prefix(1)) }
  }

  /// The mailboxes of the first of the fields `names` that has some, else the author's.
  private static func answers(to headers: Headers, _ names: [String]) -> [Address] {
    for name in names {
      let found = valid(headers.addresses(name))
      if !found.isEmpty { return found }
    }
    let author = valid(headers.addresses("From"))
    return author.isEmpty ? valid(headers.addresses("Sender")) : author
  }

  private static func valid(_ addresses: [Address]) -> [Address] {
    addresses.filter { addressProblem($0.address) == nil }
  }

  /// Where the mailing list takes messages. RFC 2369, section 3.4.
  private static func listAddress(_ headers: Headers) throws(ComposeError) -> Address {
    guard let field = headers.text("List-Post") else {
      throw .noList(reason: "the message came over no mailing list that says where answers go")
    }
    for target in bracketed(field) {
      guard target.lowercased().hasPrefix("mailto:") else { continue }
      let url: MailtoURL
      do { url = try MailtoURL(target) } catch { continue }
      if let address = parseAddressList(url.to).flatMap(\.addresses).first(where: { addressProblem($0.address) == nil })
      {
        return address
      }
    }
    throw .noList(reason: "the mailing list takes no messages")
  }
}

/// What stands in angle brackets in `text`.
func bracketed(_ text: String) -> [String] {
  var found: [String] = []
  var rest = text.utf8[...]
  while let open = rest.firstIndex(of: 0x3C), let close = rest[open...].firstIndex(of: 0x3E) {
    found.append(trimmed(String(decoding: rest[rest.index(after: open)..<close], as: UTF8.self)))
    rest = rest[rest.index(after: close)...]
  }
  return found
}
