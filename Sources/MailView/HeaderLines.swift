internal import MailBytes
internal import MailMIME

/// The addresses of one field that are shown; the rest is counted.
private let addressLimit = 50

/// The header fields that matter to a reader, in the order in which they are read.
func headerLines(of root: Part, _ options: MessageView.Options) -> [ViewLine] {
  let headers = root.headers
  var lines: [ViewLine] = []
  func add(_ name: String, _ text: String?) {
    guard let text, !text.isEmpty else { return }
    lines += headerLines(name: name, text: text, width: options.width)
  }
  let from = headers.addresses("From")
  add("From", addressText(headers, "From") ?? headers.text("From"))
  let senders = headers.addresses("Sender")
  // A list's or a service's own address says nothing that From doesn't.
  if let sender = senders.first, !from.contains(where: { $0.domain.lowercased() == sender.domain.lowercased() }),
    headers["List-Id"] == nil
  {
    add("Sender", addressText(headers, "Sender"))
  }
  let replyTo = headers.addresses("Reply-To")
  if !replyTo.isEmpty, !isSame(replyTo, from) { add("Reply-To", addressText(headers, "Reply-To")) }
  if headers["Resent-From"] != nil { add("Resent-From", addressText(headers, "Resent-From")) }
  for name in ["To", "Cc", "Bcc"] { add(name, addressText(headers, name)) }
  add("Newsgroups", headers.text("Newsgroups"))
  add("Date", dateText(headers, options.localOffset))
  add("Subject", headers.text("Subject"))
  add("List", listText(headers))
  switch Envelope(headers).priority {
  case .high: add("Priority", "high")
  case .low: add("Priority", "low")
  case .normal: break
  }
  return lines
}

/// A field as lines of at most `width` columns, continued under its text.
func headerLines(name: String, text: String, width: Int) -> [ViewLine] {
  let label = "\(name): "
  let indent = String(repeating: " ", count: label.utf8.count)
  let parts = wrapped(clean(text).split(separator: " ").joined(separator: " "), max(width - label.utf8.count, 20))
  return parts.enumerated().map { index, part in
    index == 0 ? ViewLine(.header, part, label: label) : ViewLine(.header, indent + part)
  }
}

private func addressText(_ headers: Headers, _ name: String) -> String? {
  guard headers[name] != nil else { return nil }
  var shown: [String] = []
  var count = 0
  for entry in headers.addressList(name) {
    switch entry {
    case .mailbox(let address):
      count += 1
      if count <= addressLimit { shown.append(address.display) }
    case .group(let name, let members):
      if members.isEmpty {
        shown.append(name)
      } else {
        count += members.count
        let room = max(addressLimit - (count - members.count), 0)
        if room > 0 { shown.append("\(name): " + members.prefix(room).map(\.display).joined(separator: ", ")) }
      }
    }
  }
  if count > addressLimit { shown.append("and \(count - addressLimit) more") }
  return shown.joined(separator: ", ")
}

private func isSame(_ first: [Address], _ second: [Address]) -> Bool {
  Set(first.map { $0.address.lowercased() }) == Set(second.map { $0.address.lowercased() })
}

/// The date as its author wrote it, and in local time where that differs.
private func dateText(_ headers: Headers, _ localOffset: (Int64) -> Int) -> String? {
  guard let date = headers.date() else { return headers.text("Date") }
  let offset = localOffset(date.seconds)
  guard offset != date.offsetMinutes || date.hasUnknownZone else { return date.rfc5322 }
  let local = MailDate(seconds: date.seconds, offsetMinutes: offset)
  let here = local.rfc5322.split(separator: " ")
  let there = date.rfc5322.split(separator: " ")
  guard here.count == 6, there.count == 6 else { return date.rfc5322 }
  let time = String(here[4].dropLast(3))
  if here[..<4] == there[..<4] { return "\(date.rfc5322) (\(time) here)" }
  return "\(date.rfc5322) (\(here[0].dropLast()) \(here[1]) \(here[2]), \(time) here)"
}

private func listText(_ headers: Headers) -> String? {
  guard let text = headers.text("List-Id") else { return nil }
  let name = text.split(separator: "<", maxSplits: 1, omittingEmptySubsequences: false)
  let title = name[0].trimmed
  guard name.count > 1 else { return title }
  let id = name[1].prefix { $0 != ">" }
  return title.isEmpty || title == id ? String(id) : "\(title) <\(id)>"
}

extension Substring {
  /// Without white space and quotation marks at both ends.
  fileprivate var trimmed: String {
    var text = self
    while let first = text.first, first.isWhitespace || first == "\"" { text.removeFirst() }
    while let last = text.last, last.isWhitespace || last == "\"" { text.removeLast() }
    return String(text)
  }
}
