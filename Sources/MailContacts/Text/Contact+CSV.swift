/// Contacts out of a table.
struct CSVReader {
  private var columns: [CSVColumn?] = []
  /// Columns that nothing is known of, by their names.
  private(set) var unknown: [String] = []
  /// The first record is a contact already.
  private(set) var isHeadless = false

  /// Nil if no column is known and the first record has no address either.
  init?(header: [String]) {
    columns = header.map { csvColumnTable[CSVReader.key($0)] }
    if !columns.contains(where: { $0.map(CSVReader.identifies) ?? false }) {
      let isEmail = header.map { addressProblem(mailAddress($0)) == nil }
      guard isEmail.contains(true) else { return nil }
      isHeadless = true
      let name = isEmail.firstIndex(of: false)
      columns = isEmail.indices.map { isEmail[$0] ? .email("") : $0 == name ? .name : .note }
    } else {
      unknown = zip(header, columns).filter { $1 == nil && !trimmed($0).isEmpty }.map { trimmed($0.0) }
    }
  }

  /// A contact can be known by such a column.
  private static func identifies(_ column: CSVColumn) -> Bool {
    switch column {
    case .name, .given, .family, .nickname, .email, .phone, .organisation: true
    default: false
    }
  }

  private static func key(_ header: String) -> String {
    String(folded(header).filter { $0.isLetter })
  }

  /// The contact of one record; nil if it has nothing to be known by.
  func contact(_ fields: [String]) -> Contact? {
    var contact = Contact()
    var parts = Contact.NameParts()
    var emails: [Contact.Labelled] = []
    var phones: [Contact.Labelled] = []
    var urls: [Contact.Labelled] = []
    var notes: [String] = []
    var postal: [(label: String, parts: [String])] = []
    var (emailLabel, phoneLabel) = ("", "")
    for (column, field) in zip(columns, fields) {
      let text = trimmed(CSVWriter.unprotected(field))
      guard let column else { continue }
      // Labels count for the column beside them, also when they are empty.
      if column == .emailLabel { emailLabel = CSVReader.label(text) }
      if column == .phoneLabel { phoneLabel = CSVReader.label(text) }
      guard !text.isEmpty else { continue }
      switch column {
      case .name: contact.name = text
      case .given: parts.given = text
      case .additional: parts.additional = text
      case .family: parts.family = text
      case .prefix: parts.prefixes = text
      case .suffix: parts.suffixes = text
      case .nickname: contact.nickname = text
      case .organisation: contact.organisation = text
      case .title: contact.title = text
      case .note: notes.append(text)
      case .birthday: contact.birthday = text
      case .url: urls.append(Contact.Labelled(text))
      case .uid: contact.uid = text
      case .email(let label):
        emails += CSVReader.values(text).map {
          Contact.Labelled(mailAddress($0), label: label.isEmpty ? emailLabel : label)
        }
        emailLabel = ""
      case .phone(let label):
        phones += CSVReader.values(text).map { Contact.Labelled($0, label: label.isEmpty ? phoneLabel : label) }
        phoneLabel = ""
      case .postal(let part, let label): CSVReader.add(text, part, label, to: &postal)
      case .category: contact.card.properties.append(VCard.Property("CATEGORIES", VCardText.encoded(text)))
      case .emailLabel, .phoneLabel, .ignored: break
      }
    }
    contact.parts = parts
    contact.note = notes.joined(separator: "\n")
    contact.phones = phones
    contact.urls = urls
    for address in postal {
      let types = address.label.isEmpty ? [] : [VCard.Parameter("TYPE", [address.label])]
      contact.card.properties.append(VCard.Property("ADR", VCardText.encoded(address.parts), parameters: types))
    }
    // What is no address is kept where people see it.
    let bad = emails.filter { addressProblem($0.value) != nil }
    contact.emails = emails.filter { addressProblem($0.value) == nil }
    if !bad.isEmpty { contact.note = (notes + bad.map { $0.value }).joined(separator: "\n") }
    return contact.name.isEmpty ? nil : contact
  }

  /// Several values in one field, as Google writes them.
  private static func values(_ text: String) -> [String] {
    var values: [String] = []
    var current: [Substring] = []
    for word in text.split(separator: " ") {
      if word == ":::" {
        values.append(current.joined(separator: " "))
        current = []
      } else {
        current.append(word)
      }
    }
    return (values + [current.joined(separator: " ")]).filter { !$0.isEmpty }
  }

  /// `* Work` is the preferred one of Google; `Mobile` is `cell` in vCards.
  private static func label(_ text: String) -> String {
    let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }.map { String($0) }
    let types = words.map { $0 == "mobile" ? "cell" : $0 == "main" ? "voice" : $0 }
    return types.filter { $0 != "other" && $0 != "voice" }.joined(separator: ",")
  }

  private static func add(
    _ text: String, _ part: Int, _ label: String, to postal: inout [(label: String, parts: [String])]
  ) {
    if let index = postal.firstIndex(where: { $0.label == label }) {
      let old = postal[index].parts[part]
      postal[index].parts[part] = old.isEmpty ? text : "\(old)\n\(text)"
    } else {
      var parts = [String](repeating: "", count: 7)
      parts[part] = text
      postal.append((label, parts))
    }
  }
}

/// A table out of contacts; its columns have names that the large address books know.
struct CSVTable {
  private let emails: Int
  private let phones: Int

  init(_ contacts: [Contact]) {
    emails = contacts.reduce(1) { max($0, $1.emails.count) }
    phones = contacts.reduce(1) { max($0, $1.phones.count) }
  }

  var header: [String] {
    ["Name", "First Name", "Middle Name", "Last Name", "Nickname", "Organization Name", "Organization Title"]
      + (1...emails).flatMap { ["E-mail \($0) - Label", "E-mail \($0) - Value"] }
      + (1...phones).flatMap { ["Phone \($0) - Label", "Phone \($0) - Value"] }
      + ["Birthday", "Website", "Notes"]
  }

  func row(_ contact: Contact) -> [String] {
    let parts = contact.parts
    func pairs(_ values: [Contact.Labelled], _ count: Int) -> [String] {
      (0..<count).flatMap { $0 < values.count ? [values[$0].label, values[$0].value] : ["", ""] }
    }
    return [
      contact.name, parts.given, parts.additional, parts.family, contact.nickname, contact.organisation, contact.title,
    ] + pairs(contact.emails, emails) + pairs(contact.phones, phones)
      + [contact.birthday, contact.urls.first?.value ?? "", contact.note]
  }
}
