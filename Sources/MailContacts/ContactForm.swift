/// A contact as lines of `Field: value`, for an editor.
///
/// What the form doesn't show (pictures, keys, unknown properties) stays in the contact.
public enum ContactForm {
  /// The lines for `contact`. An empty field may be filled; a field may stand several times, with what it is for in
  /// parentheses.
  public static func text(_ contact: Contact) -> String {
    let parts = contact.parts
    var lines = [
      "# Lines of 'Field: value'. Email, Phone and Web may stand several times, as in 'Email (work): ada@example.org';",
      "# the first one is the preferred one. A line is taken away by deleting it. These lines are ignored.",
      "Name: \(contact.name)",
      "First: \(parts.given)", "Middle: \(parts.additional)", "Last: \(parts.family)",
    ]
    if !parts.prefixes.isEmpty { lines.append("Prefix: \(parts.prefixes)") }
    if !parts.suffixes.isEmpty { lines.append("Suffix: \(parts.suffixes)") }
    lines += ["Nickname: \(contact.nickname)", "Organisation: \(contact.organisation)", "Title: \(contact.title)"]
    for (field, values) in [("Email", contact.emails), ("Phone", contact.phones), ("Web", contact.urls)] {
      for value in values.isEmpty ? [Contact.Labelled("")] : values {
        lines.append(value.label.isEmpty ? "\(field): \(value.value)" : "\(field) (\(value.label)): \(value.value)")
      }
    }
    lines.append("Birthday: \(contact.birthday)")
    let note = contact.note.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
    lines += note.isEmpty ? ["Note: "] : note.map { "Note: \($0)" }
    // One line for each value, whatever is in it.
    return lines.map { line in
      String(String.UnicodeScalarView(line.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
    }
    .joined(separator: "\n")
  }

  /// `contact` with what `text` says. An error names the line that isn't understood.
  public static func contact(_ text: String, from contact: Contact) throws(ContactError) -> Contact {
    var fields = Fields()
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let plain = trimmed(String(line))
      if plain.isEmpty || plain.hasPrefix("#") { continue }
      try fields.take(plain, number: index + 1)
    }
    return fields.applied(to: contact)
  }

  private struct Fields {
    var single: [String: String] = [:]
    var emails: [Contact.Labelled] = []
    var phones: [Contact.Labelled] = []
    var urls: [Contact.Labelled] = []
    var notes: [String] = []

    mutating func take(_ line: String, number: Int) throws(ContactError) {
      guard let colon = line.firstIndex(of: ":") else {
        throw .badText(format: "form", line: number, reason: "no 'Field:' in front")
      }
      let value = trimmed(String(line[line.index(after: colon)...]))
      let head = line[..<colon]
      var (field, label) = (trimmed(String(head)).lowercased(), "")
      if let open = head.firstIndex(of: "(") {
        guard let close = head.lastIndex(of: ")"), close > open else {
          throw .badText(format: "form", line: number, reason: "a parenthesis is not closed")
        }
        field = trimmed(String(head[..<open])).lowercased()
        label = trimmed(String(head[head.index(after: open)..<close]))
      }
      switch field {
      case "email":
        let address = mailAddress(value)
        if !address.isEmpty, let problem = addressProblem(address) {
          throw .badText(format: "form", line: number, reason: "\(address): \(problem)")
        }
        if !value.isEmpty { emails.append(Contact.Labelled(address, label: label)) }
      case "phone": if !value.isEmpty { phones.append(Contact.Labelled(value, label: label)) }
      case "web": if !value.isEmpty { urls.append(Contact.Labelled(value, label: label)) }
      case "note": notes.append(value)
      case "name", "first", "middle", "last", "prefix", "suffix", "nickname", "organisation", "organization", "title",
        "birthday":
        single[field == "organization" ? "organisation" : field] = value
      default: throw .badText(format: "form", line: number, reason: "'\(field)' is no field")
      }
    }

    func applied(to old: Contact) -> Contact {
      var contact = old
      func value(_ field: String) -> String { single[field] ?? "" }
      var parts = Contact.NameParts()
      (parts.given, parts.additional, parts.family) = (value("first"), value("middle"), value("last"))
      (parts.prefixes, parts.suffixes) = (value("prefix"), value("suffix"))
      // A name of which only the parts were changed follows them.
      let wasJoined = old.name == old.parts.joined && value("name") == old.name && parts != old.parts
      if parts != old.parts { contact.parts = parts }
      contact.name = wasJoined || value("name").isEmpty ? parts.joined : value("name")
      contact.nickname = value("nickname")
      contact.organisation = value("organisation")
      contact.title = value("title")
      contact.birthday = value("birthday")
      contact.emails = emails
      contact.phones = phones
      contact.urls = urls
      // What the form showed on one line is no change.
      let note = notes.joined(separator: "\n")
      if trimmed(note) != trimmed(contact.note) { contact.note = trimmed(note) }
      return contact
    }
  }
}
