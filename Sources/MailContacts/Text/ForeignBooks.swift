internal import MailBytes
internal import MailMIME

/// The address books of other mail programs that are plain text.
enum ForeignBooks {
  /// abook's `addressbook`: sections of `key=value`, several addresses separated by commas.
  static func abook(_ text: String) -> [Contact] {
    var contacts: [Contact] = []
    var fields: [String: String] = [:]
    func finish() {
      if let contact = abookContact(fields) { contacts.append(contact) }
      fields = [:]
    }
    for line in text.utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      if line.first == UInt8(ascii: "[") {
        finish()
      } else if line.first != UInt8(ascii: "#"), let equal = line.firstIndex(of: UInt8(ascii: "=")) {
        fields[String(Substring(line[..<equal]))] = trimmed(String(Substring(line[line.index(after: equal)...])))
      }
    }
    finish()
    return contacts
  }

  private static func abookContact(_ fields: [String: String]) -> Contact? {
    // The first section says which program wrote the file.
    guard fields["program"] == nil, !fields.isEmpty else { return nil }
    var contact = Contact()
    func field(_ name: String) -> String { fields[name] ?? "" }
    contact.name = field("name")
    contact.nickname = field("nick")
    contact.note = field("notes")
    contact.birthday = field("anniversary")
    contact.emails = field("email").split(separator: ",").map { mailAddress(String($0)) }
      .filter { addressProblem($0) == nil }.map { Contact.Labelled($0) }
    contact.phones = [("phone", "home"), ("workphone", "work"), ("mobile", "cell"), ("fax", "fax")]
      .compactMap { name, label in field(name).isEmpty ? nil : Contact.Labelled(field(name), label: label) }
    if !field("url").isEmpty { contact.urls = [Contact.Labelled(field("url"))] }
    let place = [
      "", field("address2"), field("address"), field("city"), field("state"), field("zip"), field("country"),
    ]
    if place.contains(where: { !$0.isEmpty }) {
      contact.card.properties.append(VCard.Property("ADR", VCardText.encoded(place)))
    }
    return contact.name.isEmpty ? nil : contact
  }

  /// mutt's aliases: `alias ada Ada Example <ada@example.org>`; one of several addresses becomes a list.
  static func aliases(_ text: String) -> (contacts: [Contact], lists: [(name: String, members: [Member])]) {
    var result: (contacts: [Contact], lists: [(name: String, members: [Member])]) = ([], [])
    for line in joinedLines(text) {
      var words = line.split(separator: " ", maxSplits: 1).map { String($0) }
      guard words.count == 2, words[0] == "alias" else { continue }
      var rest = trimmed(words[1])
      while rest.hasPrefix("-group ") {
        rest = trimmed(String(trimmed(String(rest.dropFirst(7))).drop { $0 != " " }))
      }
      words = rest.split(separator: " ", maxSplits: 1).map { String($0) }
      guard words.count == 2 else { continue }
      let addresses = parseAddressList(comment(words[1])).flatMap { $0.addresses }
        .filter { addressProblem(mailAddress($0.address)) == nil }
      guard let first = addresses.first else { continue }
      if addresses.count == 1 {
        var contact = Contact(name: first.name ?? words[0], emails: [mailAddress(first.address)])
        contact.nickname = words[0]
        result.contacts.append(contact)
      } else {
        result.lists.append(
          (words[0], addresses.map { Member(.mail, mailAddress($0.address), name: $0.name ?? "") }))
      }
    }
    return result
  }

  /// `text` before a `#` outside quotes.
  private static func comment(_ text: String) -> String {
    var isQuoted = false
    var previous: Character = " "
    for index in text.indices {
      if text[index] == "\"" { isQuoted.toggle() }
      if text[index] == "#", !isQuoted, previous == " " { return String(text[..<index]) }
      previous = text[index]
    }
    return text
  }

  /// Lines, with those joined that end in a backslash.
  private static func joinedLines(_ text: String) -> [String] {
    var lines: [String] = []
    var open = ""
    for part in text.utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      let line = open + String(Substring(part))
      if line.hasSuffix("\\") {
        open = String(line.dropLast())
      } else {
        lines.append(line)
        open = ""
      }
    }
    return lines + (open.isEmpty ? [] : [open])
  }
}
