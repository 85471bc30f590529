internal import MailBytes
public import MailContacts
internal import MailMIME

extension Contact {
  /// `Name <address>` as it may stand in a header; the name alone where there is no address.
  public var line: String {
    guard let email = emails.first else { return name }
    return name == email.value ? email.value : Address(name: name, address: email.value).headerText
  }

  /// The contact for people: a line for each thing that is known.
  public var description: [(field: String, text: String)] {
    var lines: [(field: String, text: String)] = [("Name", name)]
    func add(_ field: String, _ text: String) { if !text.isEmpty { lines.append((field, text)) } }
    func add(_ field: String, _ values: [Labelled]) {
      for value in values { add(value.label.isEmpty ? field : "\(field) (\(value.label))", value.value) }
    }
    add("Nickname", nickname)
    add("Organisation", organisation)
    add("Title", title)
    add("Email", emails)
    add("Phone", phones)
    add("Address", postalAddresses)
    add("Web", urls)
    add("Birthday", birthday)
    for line in note.split(separator: "\n") { add("Note", String(line)) }
    add("Book", book.isEmpty ? "private" : book)
    add("UID", uid)
    return lines
  }
}

extension Address {
  /// The mailbox as a header has it, in letters of its own; quoted where it must be. RFC 5322, section 3.4.
  var headerText: String {
    guard let name, !name.isEmpty else { return address }
    let isAtom = name.unicodeScalars.allSatisfy { $0.value >= 0x80 || !"()<>[]:;@\\,.\"".unicodeScalars.contains($0) }
    if isAtom { return "\(name) <\(address)>" }
    let quoted = name.unicodeScalars.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
    return "\"\(quoted)\" <\(address)>"
  }
}

/// Prints contacts: a table, `Name <address>` lines, or JSON lines.
public struct ContactPrinter {
  private let format: ContactListFormat
  let output: Output
  private let terminal: Terminal
  private let null: Bool
  /// How many have been printed.
  public private(set) var count = 0

  public init(_ format: ContactListFormat, null: Bool = false, terminal: Terminal = Terminal()) {
    self.format = format
    self.terminal = terminal
    self.null = null
    output = Output(pager: format == .table ? Pager(for: terminal) : nil)
  }

  public mutating func print(_ contact: Contact) throws {
    count += 1
    let (format, columns, null) = (format, terminal.columns ?? 100, null)
    try output.withBuffer { buffer in
      switch format {
      case .table: buffer.append(line: contact, columns: columns)
      case .names:
        buffer.append(clean(contact.line))
        buffer.append(null ? 0 : UInt8(ascii: "\n"))
      case .json: buffer.append(json: contact)
      }
    }
  }

  public func finish() throws { try output.finish() }
}

extension ByteBuffer {
  fileprivate mutating func append(line contact: Contact, columns: Int) {
    let width = max(columns, 40) - 4
    append(cell: contact.name, width: width * 2 / 5, fills: true)
    append(literal: "  ")
    append(cell: contact.emails.map { $0.value }.joined(separator: ", "), width: width * 2 / 5, fills: true)
    append(literal: "  ")
    let rest = contact.phones.first?.value ?? contact.organisation
    append(cell: contact.book.isEmpty ? rest : "[\(contact.book)] \(rest)", width: width - width * 2 / 5 * 2)
    append(UInt8(ascii: "\n"))
  }

  /// Appends `contact` as one JSON object and a line end. The keys are documented in mail-contact(1).
  public mutating func append(json contact: Contact) {
    var object = JSONObject(in: &self)
    object.add("uid", contact.uid, in: &self)
    object.add("book", contact.book.isEmpty ? "private" : contact.book, in: &self)
    object.add("name", contact.name, in: &self)
    let parts = contact.parts
    object.add("first", orNull: parts.given, in: &self)
    object.add("middle", orNull: parts.additional, in: &self)
    object.add("last", orNull: parts.family, in: &self)
    object.add("nickname", orNull: contact.nickname, in: &self)
    object.add("organisation", orNull: contact.organisation, in: &self)
    object.add("title", orNull: contact.title, in: &self)
    object.add("emails", in: &self) { $0.append(json: contact.emails, key: "address") }
    object.add("phones", in: &self) { $0.append(json: contact.phones, key: "number") }
    object.add("addresses", in: &self) { $0.append(json: contact.postalAddresses, key: "address") }
    object.add("urls", in: &self) { $0.append(json: contact.urls, key: "url") }
    object.add("birthday", orNull: contact.birthday, in: &self)
    if contact.note.isEmpty {
      object.addNull("note", in: &self)
    } else {
      object.add("note", lines: contact.note, in: &self)
    }
    object.add("changed", contact.changed, in: &self)
    object.end(in: &self)
  }

  private mutating func append(json values: [Contact.Labelled], key: StaticString) {
    append(UInt8(ascii: "["))
    for (index, value) in values.enumerated() {
      if index > 0 { append(UInt8(ascii: ",")) }
      append(literal: "{\"")
      append(literal: key)
      append(literal: "\":")
      append(json: value.value)
      append(literal: ",\"label\":")
      append(json: value.label)
      append(UInt8(ascii: "}"))
    }
    append(UInt8(ascii: "]"))
  }
}
