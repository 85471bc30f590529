internal import MailMIME
internal import MailStore
internal import MailSystem

/// An mbox of the variant mboxrd: one file with all messages, their flags in Status and X-Status and their tags, as the
/// keywords that IMAP clients see, in X-Keywords.
/// <https://www.qmail.org/qmail-manual-html/man5/mbox.html>
final class MboxOutput: ArchiveOutput {
  private let path: String
  private let selection: ArchiveSelection
  private let file: File
  private var offset: Int64 = 0
  private var buffer: [UInt8] = []
  /// Where each message begins, by its place in the selection.
  private var places: [Int: Int64] = [:]

  init(_ path: String, _ selection: ArchiveSelection) throws {
    self.path = path
    self.selection = selection
    file = try File(path, [.readWrite, .exclusive])
  }

  var preparation: @Sendable (Int, [UInt8]) -> [UInt8] {
    let items = selection.items
    return { mboxRecord($1, of: items[$0]) }
  }

  func append(_ index: Int, _ record: [UInt8], comment: String?) throws {
    places[index] = offset
    offset += Int64(record.count)
    buffer += record
    if buffer.count > 1 << 20 { try flush() }
  }

  private func flush() throws {
    try file.write(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  func finish() throws {
    try flush()
    try file.synchronise()
  }

  func comparison(isCareful: Bool) throws -> @Sendable (Int, [UInt8]) throws -> Bool {
    if isCareful { dropCache(file.descriptor) }
    guard try file.status().size == offset else { throw ArchiveError.differs(path) }
    let (items, places, path, descriptor) = (selection.items, places, path, file.descriptor)
    return { index, bytes in
      guard let place = places[index] else { return false }
      let record = mboxRecord(bytes, of: items[index])
      return try readBytes(descriptor, at: place, count: record.count, path: path) == record
    }
  }

  func remove() {
    // The error that led here is the one to tell.
    try? removeFile(path)
  }
}

/// A message as it stands in an mbox, with the line in front and the empty one behind.
func mboxRecord(_ message: [UInt8], of item: ArchiveItem) -> [UInt8] {
  var record: [UInt8] = []
  record.reserveCapacity(message.count + 200)
  let sender = item.senderAddress.unicodeScalars.filter { $0.value > 0x20 && $0.value != 0x7F }
  record += "From \(sender.isEmpty ? "MAILER-DAEMON" : String(String.UnicodeScalarView(sender))) ".utf8
  record += "\(mboxDate(item.received))\n".utf8
  let firstEnd = message.firstIndex(of: 10) ?? 0
  let end = firstEnd > 0 && message[firstEnd - 1] == 13 ? "\r\n" : "\n"
  for field in statusFields(of: item) { record += "\(field)\(end)".utf8 }
  var start = 0
  while start < message.count {
    let next = message[start...].firstIndex(of: 10).map { $0 + 1 } ?? message.count
    if isQuoted(message, start, next) { record.append(UInt8(ascii: ">")) }
    record += message[start..<next]
    start = next
  }
  if message.last != 10 { record.append(10) }
  record.append(10)
  return record
}

/// The line begins with any number of `>` and `From `.
private func isQuoted(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Bool {
  var index = start
  while index < end, bytes[index] == UInt8(ascii: ">") { index += 1 }
  return index + 5 <= end && bytes[index] == UInt8(ascii: "F") && bytes[index..<index + 5].elementsEqual("From ".utf8)
}

private func statusFields(of item: ArchiveItem) -> [String] {
  var fields = ["Status: \(item.flags.contains(.seen) ? "R" : "")\(item.flags.contains(.recent) ? "" : "O")"]
  let letters: [(MessageFlags, String)] = [(.answered, "A"), (.flagged, "F"), (.draft, "T"), (.trashed, "D")]
  let status = letters.filter { item.flags.contains($0.0) }.map(\.1).joined()
  if !status.isEmpty { fields.append("X-Status: \(status)") }
  let keywords = (item.flags.contains(.forwarded) ? ["$Forwarded"] : []) + item.tags.map(mboxKeyword)
  if !keywords.isEmpty { fields.append("X-Keywords: \(keywords.joined(separator: " "))") }
  return fields
}

/// The keyword of the tag `name` with `=2C` for commas, which separate keywords in some programs' files.
func mboxKeyword(_ name: String) -> String {
  TagName.keyword(of: name).split(separator: ",", omittingEmptySubsequences: false).joined(separator: "=2C")
}

/// `Mon Mar  4 10:00:00 2024`, in UTC. RFC 4155, appendix A.
private func mboxDate(_ seconds: Int64) -> String {
  let text = MailDate(seconds: min(max(seconds, 0), 253_402_300_799)).rfc5322
  // "Mon, 04 Mar 2024 10:00:00 +0000"
  let words = text.split(separator: " ")
  guard words.count > 4 else { return text }
  let day = words[1].hasPrefix("0") ? " \(words[1].dropFirst())" : String(words[1])
  return "\(words[0].dropLast()) \(words[2]) \(day) \(words[4]) \(words[3])"
}
