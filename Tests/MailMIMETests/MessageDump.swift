import MailBytes
import MailMIME

/// What the library makes of a message, as text that doesn't depend on how its lines end.
func dump(_ message: Message) -> String {
  let envelope = Envelope(headerOf: message)
  var lines: [String] = []
  func line(_ name: String, _ value: String) {
    if !value.isEmpty { lines.append("\(name): \(visible(value))") }
  }
  line("date", message.headers.date().map { "\($0.seconds) \($0.rfc5322)" } ?? "none")
  line("subject", envelope.subject)
  for name in ["From", "Sender", "Reply-To", "To", "Cc", "Bcc"] {
    line(name.lowercased(), message.headers.addressList(name).map(described).joined(separator: " | "))
  }
  line("message-id", envelope.messageID ?? "")
  line("in-reply-to", envelope.inReplyTo.joined(separator: " | "))
  line("references", envelope.references.joined(separator: " | "))
  line("list-id", envelope.listID ?? "")
  line("comments", message.headers.text("Comments") ?? "")
  if envelope.priority != .normal { line("priority", "\(envelope.priority)") }
  line("may have attachment", envelope.mayHaveAttachment ? "yes" : "")
  for part in message.allParts { lines += described(part) }
  for defect in message.defects { line("defect", defect.kind.rawValue) }
  lines += described(indexText(of: message))
  return lines.joined(separator: "\n") + "\n"
}

private func described(_ entry: AddressListEntry) -> String {
  switch entry {
  case .mailbox(let address): described(address)
  case .group(let name, let members): "\(name): \(members.map(described).joined(separator: ", "));"
  }
}

private func described(_ address: Address) -> String {
  let name = address.name.map { "\"\($0)\" " } ?? ""
  let shown = address.displayAddress == address.address ? "" : " (\(address.displayAddress))"
  return "\(name)<\(address.address)>\(shown)"
}

private func described(_ part: Part) -> [String] {
  var facts = [part.contentType.mediaType]
  facts += part.contentType.parameters.map { "\($0.name)=\"\($0.value)\"" }
  if part.transferEncoding != .sevenBit { facts.append(part.transferEncoding.rawValue) }
  if let disposition = part.disposition {
    facts.append(disposition.kind)
    facts += disposition.parameters.map { "\($0.name)=\"\($0.value)\"" }
  }
  if let filename = part.filename { facts.append("file \"\(filename)\"") }
  if let identifier = part.contentID { facts.append("id <\(identifier)>") }
  if part.isAttachment { facts.append("attachment") }
  if part.isMessageRoot { facts.append("root") }
  var lines = ["part \(part.number.isEmpty ? "-" : part.number): \(visible(facts.joined(separator: "; ")))"]
  guard part.children.isEmpty else { return lines }
  if part.contentType.isText() || part.contentType.isMultipart {
    lines += shownLines(part.text())
  } else {
    lines.append("  \(part.decodedBody().filter { $0 != 0x0D }.count) octets")
  }
  return lines
}

private func described(_ text: IndexText) -> [String] {
  var facts: [String] = []
  if text.hasAttachment { facts.append("attachment") }
  if text.isSigned { facts.append("signed") }
  if text.isEncrypted { facts.append("encrypted") }
  let names = text.attachmentNames.map { "\"\(visible($0))\"" }
  var lines = ["index: \((facts + text.mediaTypes + names).joined(separator: ", "))"]
  lines += shownLines(string(text.body.span))
  return lines
}

private func shownLines(_ text: String) -> [String] {
  var lines: [String] = []
  var line = ""
  for scalar in text.unicodeScalars {
    if scalar == "\n" {
      lines.append("  |\(visible(line))")
      line = ""
    } else if scalar != "\r" {
      line.unicodeScalars.append(scalar)
    }
  }
  if !line.isEmpty { lines.append("  |\(visible(line))\\") }
  return lines
}

/// Control characters as `\x{1B}`, so that the expectation can be read.
private func visible(_ text: String) -> String {
  var output = ""
  for scalar in text.unicodeScalars {
    if scalar.value < 0x20 || scalar.value == 0x7F || scalar.value == 0xFEFF {
      output += "\\x{\(String(scalar.value, radix: 16, uppercase: true))}"
    } else {
      output.unicodeScalars.append(scalar)
    }
  }
  return output
}
