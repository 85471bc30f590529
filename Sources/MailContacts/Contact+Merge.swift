extension Contact {
  /// Properties of which a contact has one; the merged contact keeps its own.
  private static let single: Set<String> = ["UID", "FN", "N", "BDAY", "ANNIVERSARY", "GENDER", "KIND", "REV", "PRODID"]

  /// Takes over from `other` what this contact doesn't have: addresses, numbers, notes and every other property. Nothing of
  /// this contact is lost, and nothing that `other` alone has but for a second name or birthday.
  public mutating func merge(_ other: Contact) {
    emails = emails + other.emails.filter { theirs in !emails.contains { mailKey($0.value) == mailKey(theirs.value) } }
    phones = phones + other.phones.filter { theirs in !phones.contains { Contact.isSame($0, theirs) } }
    urls = urls + other.urls.filter { theirs in !urls.contains { $0.value == theirs.value } }
    if !other.note.isEmpty, !note.utf8.elementsEqual(other.note.utf8), !noteLines.isSuperset(of: other.noteLines) {
      note = note.isEmpty ? other.note : "\(note)\n\(other.note)"
    }
    var groups: [String: String] = [:]
    for property in other.card.properties where !["EMAIL", "TEL", "URL", "NOTE"].contains(property.name) {
      if Contact.single.contains(property.name), card.first(property.name) != nil { continue }
      let isThere = card.properties.contains { $0.name == property.name && $0.value == property.value }
      if isThere { continue }
      var property = property
      if let group = property.group { property.group = freeGroup(group, &groups) }
      card.properties.append(property)
    }
    // A name that only repeats an address says less than a real one.
    if name == emails.first?.value, !other.name.isEmpty { name = other.name }
    // The name that is given up is still how somebody may look for the contact.
    if folded(other.name) != folded(name), !emails.contains(where: { $0.value == other.name }) {
      let nick = VCardText.encoded(other.name)
      if !card.properties.contains(where: { $0.name == "NICKNAME" && folded($0.text) == folded(other.name) }) {
        card.properties.append(VCard.Property("NICKNAME", nick))
      }
    }
  }

  private var noteLines: Set<String> { Set(note.split(separator: "\n").map { trimmed(String($0)) }) }

  private static func isSame(_ one: Labelled, _ other: Labelled) -> Bool {
    (Phone.plain(one.value) ?? one.value) == (Phone.plain(other.value) ?? other.value) && one.isFax == other.isFax
  }

  /// A group name that no property of this card has, the same one for all properties of a group of the other card.
  private func freeGroup(_ group: String, _ known: inout [String: String]) -> String {
    if let name = known[group] { return name }
    let taken = Set(card.properties.compactMap { $0.group }).union(known.values)
    var name = group
    var number = 1
    while taken.contains(name) {
      name = "item\(number)"
      number += 1
    }
    known[group] = name
    return name
  }
}
