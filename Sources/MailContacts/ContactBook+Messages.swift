public import MailMIME

/// Whose addresses of a message are meant.
public enum MessageField: String, Sendable, CaseIterable {
  case from
  case replyTo = "reply-to"
  case to
  case cc
  case all

  /// The addresses in the header of `message`.
  public func addresses(of message: Message) -> [Address] {
    let envelope = Envelope(headerOf: message)
    return switch self {
    case .from: envelope.from.isEmpty ? envelope.sender : envelope.from
    case .replyTo: envelope.replyTo.isEmpty ? envelope.from : envelope.replyTo
    case .to: envelope.to
    case .cc: envelope.cc
    case .all: envelope.from + envelope.replyTo + envelope.to + envelope.cc
    }
  }
}

extension ContactBook {
  /// What became of addresses that were to be saved.
  public struct Saved: Sendable, Equatable {
    public var added = 0
    /// Addresses that the address books had already.
    public var known: [String] = []
  }

  /// Makes a contact of each of `addresses` that no book has, or adds them to the contact that `reference` means. The user's
  /// own addresses are left out of several.
  public func save(
    _ addresses: [Address], to reference: String? = nil, in name: String? = nil
  ) throws(ContactError) -> Saved {
    var saved = Saved()
    var wanted: [Address] = []
    let own = Set(settings.user.map { mailKey($0) })
    for address in addresses {
      let plain = mailAddress(address.address)
      guard addressProblem(plain) == nil, !wanted.contains(where: { mailKey($0.address) == mailKey(plain) }) else {
        continue
      }
      if addresses.count > 1, own.contains(mailKey(plain)) { continue }
      wanted.append(Address(name: address.name, address: plain))
    }
    if let reference {
      let contact = try contact(reference, in: name)
      let new = wanted.filter { address in !contact.emails.contains { mailKey($0.value) == mailKey(address.address) } }
      saved.known = wanted.filter { !new.contains($0) }.map { $0.address }
      guard !new.isEmpty else { return saved }
      try change(contact) { $0.emails += new.map { Contact.Labelled($0.address) } }
      saved.added = new.count
      return saved
    }
    for address in wanted {
      if try hasContact(withAddress: address.address) {
        saved.known.append(address.address)
      } else {
        try add(Contact(personal: address), to: name)
        saved.added += 1
      }
    }
    return saved
  }

  /// Makes a list with members, or neither.
  public func createList(
    _ reference: String, editors: [String] = [], members: [String]
  ) throws(ContactError) {
    try createList(reference, editors: editors)
    guard !members.isEmpty else { return }
    do {
      try addMembers(members, toList: reference)
    } catch {
      // A list that nobody asked for in this form; the error of the members is what is told.
      try? deleteList(reference)
      throw error
    }
  }

  /// The number of contacts in the book called `name` (nil: in all).
  public func count(in name: String? = nil) throws(ContactError) -> Int {
    try asContactError { try books(name).reduce(0) { try $0 + $1.count() } }
  }
}

extension Contact {
  /// A contact of what a header says: `"Lovelace, Ada" <…>` is Ada Lovelace.
  public init(personal address: Address) {
    let name = trimmed(address.name ?? "")
    self.init(name: name, emails: [mailAddress(address.address)])
    if name.isEmpty { return }
    var parts = NameParts()
    let halves = name.split(separator: ",").map { trimmed(String($0)) }
    if halves.count == 2, !halves[0].isEmpty, !halves[1].isEmpty {
      (parts.family, parts.given) = (halves[0], halves[1])
      self.name = "\(halves[1]) \(halves[0])"
    } else {
      let words = name.split(separator: " ").map { String($0) }
      guard words.count > 1 else { return }
      (parts.family, parts.given) = (words[words.count - 1], words.dropLast().joined(separator: " "))
    }
    self.parts = parts
  }

  /// What comes out when the first of `contacts` takes over what the others have.
  public static func merged(_ contacts: [Contact]) -> Contact {
    var result = contacts.first ?? Contact()
    for other in contacts.dropFirst() { result.merge(other) }
    return result
  }

  /// Takes an address away; false if it isn't there.
  public mutating func remove(email: String) -> Bool {
    let rest = emails.filter { mailKey($0.value) != mailKey(mailAddress(email)) }
    guard rest.count < emails.count else { return false }
    emails = rest
    return true
  }

  /// Takes a number away; false if it isn't there.
  public mutating func remove(phone: String) -> Bool {
    let key = Phone.plain(phone) ?? phone
    let rest = phones.filter { (Phone.plain($0.value) ?? $0.value) != key }
    guard rest.count < phones.count else { return false }
    phones = rest
    return true
  }

  /// The card for an editor: lines that end in LF and are not folded.
  public var cardText: String { "BEGIN:VCARD\nVERSION:4.0\n\(card.stored)END:VCARD" }

  /// The contact with the one card in `text` as its own.
  public func replacing(cardText text: [UInt8]) throws(ContactError) -> Contact {
    let parsed = parseVCards(text)
    if let defect = parsed.defects.first {
      throw .badText(format: "vCard", line: defect.line, reason: defect.reason)
    }
    guard let card = parsed.cards.first, parsed.cards.count == 1 else {
      throw .badText(format: "vCard", line: 1, reason: "one card is needed, there are \(parsed.cards.count)")
    }
    var contact = self
    contact.card = card
    return contact
  }
}

/// What somebody typed as a new contact: `Ada Lovelace`, `Ada Lovelace <ada@example.org>`, or `ada@example.org`.
public struct AddressWord: Sendable {
  private let address: Address
  private let isAddress: Bool

  public init(_ text: String) {
    let parsed = parseAddressList(text).first?.addresses.first ?? Address(address: "")
    isAddress = addressProblem(mailAddress(parsed.address)) == nil
    address = isAddress ? parsed : Address(name: text, address: "")
  }

  /// Gives a new contact the name and the address.
  public func apply(to contact: inout Contact) {
    contact = Contact(personal: isAddress ? address : Address(name: address.name, address: ""))
    if !isAddress { contact.emails = [] }
  }

  /// Adds the address to a contact that has a name.
  public func extend(_ contact: inout Contact) {
    guard isAddress else { return }
    let plain = mailAddress(address.address)
    if !contact.emails.contains(where: { $0.value.lowercased() == plain.lowercased() }) {
      contact.emails.append(Contact.Labelled(plain))
    }
  }
}

extension ContactBook.ImportReport {
  /// Adds what another file did.
  public static func += (left: inout Self, right: Self) {
    left.added += right.added
    left.changed += right.changed
    left.unchanged += right.unchanged
    left.lists += right.lists
    left.members += right.members
    left.refused += right.refused
  }

  /// What was done, for people.
  public var sentence: String {
    var parts = ["added \(added)"]
    if changed > 0 { parts.append("changed \(changed)") }
    if unchanged > 0 { parts.append("there already \(unchanged)") }
    if lists > 0 { parts.append("lists \(lists)") }
    if members > 0 { parts.append("members of lists \(members)") }
    if !refused.isEmpty { parts.append("left out \(refused.count)") }
    return parts.joined(separator: ", ")
  }
}
