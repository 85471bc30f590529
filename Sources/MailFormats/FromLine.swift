internal import MailBytes
public import MailMIME

/// The line before a message in an mbox: `From ada@example.org Mon Mar  4 10:00:00 2024`. RFC 4155, appendix A.
public struct FromLine: Sendable, Equatable {
  /// The envelope sender, as far as the line has one.
  public let sender: String
  /// When the message was received. Where the line names no zone it is taken as UTC, as RFC 4155 has it, though many
  /// programs write local time.
  public let date: MailDate?

  /// Reads the line without its line break; nil when it is none by its looks.
  ///
  /// QUIRK: there is no one form. The sender may be missing, `-`, `???@???` or have spaces in quotes; the date may have a
  /// zone before or behind the year, no seconds, or be missing; `remote from host` may follow.
  public init?(_ line: Span<UInt8>) {
    guard begins(line, 0, line.count, with: "From ") else { return nil }
    let rest = trimmed(line, 5..<line.count)
    let senderEnd = endOfSender(line, rest)
    sender = string(line.extracting(rest.lowerBound..<senderEnd))
    var found: MailDate?
    if hasTime(line, rest) {
      // "From Mon Mar  4 10:00:00 2024" has no sender.
      found =
        MailDate(parsing: line.extracting(senderEnd..<rest.upperBound))
        ?? MailDate(parsing: line.extracting(rest))
    }
    date = found
    if found == nil {
      // Without a date only an address, and nothing else, is more than the beginning of a sentence.
      guard senderEnd == rest.upperBound, isAddress(line, rest) else { return nil }
    }
  }
}

private func endOfSender(_ line: Span<UInt8>, _ range: Range<Int>) -> Int {
  var index = range.lowerBound
  var isQuoted = false
  while index < range.upperBound {
    let byte = line[index]
    if byte == 0x22 { isQuoted.toggle() }
    if byte.isWSP, !isQuoted { return index }
    index += 1
  }
  guard isQuoted else { return index }
  // A quote that isn't closed: the first word.
  index = range.lowerBound
  while index < range.upperBound, !line[index].isWSP { index += 1 }
  return index
}

/// There is a `10:00` in it: a digit, a colon, two digits.
private func hasTime(_ line: Span<UInt8>, _ range: Range<Int>) -> Bool {
  var index = range.lowerBound + 1
  while index + 2 < range.upperBound {
    if line[index] == 0x3A, line[index - 1].isDigit, line[index + 1].isDigit, line[index + 2].isDigit { return true }
    index += 1
  }
  return false
}

private func isAddress(_ line: Span<UInt8>, _ range: Range<Int>) -> Bool {
  if range.count == 1, line[range.lowerBound] == 0x2D { return true }
  if isNamed(line, range, "mailer-daemon") { return true }
  let at = findByte(0x40, in: line, from: range.lowerBound, to: range.upperBound)
  return at > range.lowerBound && at + 1 < range.upperBound
}
