// A file of vCards: what was read is written in both versions and kept in the form of the store without a trap, and what is
// kept and read again is the same.
// With: Sources/MailContacts/VCard/*.swift Sources/MailContacts/Contact.swift Sources/MailContacts/Contact+Merge.swift
// With: Sources/MailContacts/Phone.swift Sources/MailContacts/Member.swift Sources/MailContacts/Folding*.swift
// With: Sources/MailContacts/MailAddressText.swift
import MailBytes
import MailMIME

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzVCard(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let parsed = parseVCards(Array(UnsafeBufferPointer(start: data, count: count)))
  var total = parsed.defects.count
  var all = Contact(name: "All")
  for card in parsed.cards {
    precondition(VCard(stored: card.stored) == card)
    total += card.encoded(as: .three).count
    let again = parseVCards(card.encoded(as: .four)).cards
    precondition(again.count == 1)
    precondition(again[0] == card || card.first("FN") == nil)
    var contact = Contact(card)
    total += contact.members.count + contact.postalAddresses.count + contact.note.utf8.count + contact.name.utf8.count
    contact.emails = contact.emails.reversed()
    contact.phones = contact.phones.reversed()
    all.merge(contact)
    let once = all
    all.merge(contact)
    precondition(once.emails == all.emails && once.phones.count == all.phones.count)
    if all.card.properties.count > 500 { all = Contact(name: "All") }
  }
  return total < 0 ? 1 : 0
}
