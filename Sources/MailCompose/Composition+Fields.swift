internal import MailMIME

/// Fields that are made by programs: given by hand they would say what isn't so.
private let madeFields: Set<String> = [
  "mime-version", "received", "return-path", "delivered-to", "x-original-to", "dkim-signature", "arc-seal",
  "arc-message-signature", "arc-authentication-results", "authentication-results", "message-id", "date", "sender",
  "status", "x-status",
]

/// `name` is made of the characters that names of fields have. RFC 5322, section 2.2.
func isFieldName(_ name: String) -> Bool {
  !name.isEmpty && name.utf8.count <= 76 && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x3A }
}

extension Composition {
  /// Takes in a field that the writer gives. Address fields given twice are joined.
  public mutating func take(field name: String, _ value: String) throws(ComposeError) {
    // Nothing of a value may begin a line of its own.
    let value = trimmed(String(decoding: value.utf8.map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }, as: UTF8.self))
    switch name.lowercased() {
    case "from": addresses.from = value
    case "to": join(\.to, value)
    case "cc": join(\.cc, value)
    case "bcc": join(\.bcc, value)
    case "reply-to": join(\.replyTo, value)
    case "subject": subject = value
    case "in-reply-to":
      let identifiers = bracketed(value).filter(isIdentifier)
      if thread.references.isEmpty { thread.references = identifiers }
      thread.inReplyTo = identifiers
    case "references": thread.references = bracketed(value).filter(isIdentifier)
    default:
      guard isFieldName(name), !isMadeField(name) else { throw .forbiddenField(name) }
      if !value.isEmpty { fields.append(Field(name, value)) }
    }
  }

  /// Adds `value` to the addresses of a field.
  public mutating func join(_ path: WritableKeyPath<Addresses, String>, _ value: String) {
    guard !isBlank(value) else { return }
    addresses[keyPath: path] += (isBlank(addresses[keyPath: path]) ? "" : ", ") + value
  }
}

/// `name` is a field that this library or a mail server writes.
func isMadeField(_ name: String) -> Bool {
  let name = name.lowercased()
  return name.hasPrefix("content-") || name.hasPrefix("resent-") || PostbagField.isOwn(name)
    || madeFields.contains(name)
}
