internal import MailFormats
internal import MailMIME

/// When a message of an mbox was received, seconds since 1970.
///
/// QUIRK: `From ` lines without a zone are in UTC by RFC 4155, and in local time by many programs. The topmost Received
/// field tells the same moment with its zone: where the two differ by quarters of an hour and nothing else, the line was
/// written in local time, and the difference is its zone.
func arrival(_ line: FromLine?, _ fields: MailboxFields) -> Int64? {
  guard let date = line?.date else { return fields.arrival.flatMap { plausible($0.seconds) } }
  guard date.hasUnknownZone, let received = fields.received else { return plausible(date.seconds) }
  let quarter: Int64 = 900
  let difference = date.seconds - received.seconds
  guard abs(difference) <= 14 * 3_600 + 120 else { return plausible(date.seconds) }
  let zone = Int64((Double(difference) / Double(quarter)).rounded()) * quarter
  return plausible(abs(difference - zone) <= 120 ? date.seconds - zone : date.seconds)
}

/// `seconds`, unless no file can have that time, or no mail.
func plausible(_ seconds: Int64) -> Int64? { (0...4_102_444_800).contains(seconds) ? seconds : nil }
