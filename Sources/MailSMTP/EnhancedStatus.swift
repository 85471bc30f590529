internal import MailBytes

/// What a reply code means in detail, such as 5.1.1. RFC 3463, section 2; RFC 2034.
public struct EnhancedStatus: Sendable, Hashable, CustomStringConvertible {
  /// 2 success, 4 try again, 5 refused for good.
  public let status: Int
  /// 1 address, 2 mailbox, 3 system, 4 network, 5 protocol, 6 content, 7 security. 0 to 999.
  public let subject: Int
  /// What exactly, within the subject. 0 to 999.
  public let detail: Int

  /// The code `status.subject.detail`.
  public init(_ status: Int, _ subject: Int, _ detail: Int) {
    self.status = status
    self.subject = subject
    self.detail = detail
  }

  public var description: String { "\(status).\(subject).\(detail)" }
}

// status-code = class "." subject "." detail
// class   = "2"/"4"/"5"
// subject = 1*3digit
// detail  = 1*3digit
/// The enhanced code at the start of the text of a reply whose code begins with `status`, and how many octets it and the
/// space behind it take; nil when there is none, or one of another class, which RFC 2034, section 4, forbids.
func parseEnhancedStatus(_ text: Span<UInt8>, status: Int) -> (code: EnhancedStatus, length: Int)? {
  guard text.count >= 5, Int(text[0]) == 0x30 + status, status == 2 || status == 4 || status == 5, text[1] == 0x2E
  else { return nil }
  var index = 2
  guard let subject = parseUpToThreeDigits(text, &index), index < text.count, text[index] == 0x2E else { return nil }
  index += 1
  guard let detail = parseUpToThreeDigits(text, &index) else { return nil }
  if index < text.count {
    guard text[index].isWSP else { return nil }
    index += 1
  }
  return (EnhancedStatus(status, subject, detail), index)
}

private func parseUpToThreeDigits(_ text: Span<UInt8>, _ index: inout Int) -> Int? {
  let start = index
  var value = 0
  while index < text.count, text[index].isDigit, index - start < 3 {
    value = value * 10 + Int(text[index] - 0x30)
    index += 1
  }
  return index > start ? value : nil
}
