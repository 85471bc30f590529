internal import MailBytes

/// What became of a delivery, as a number in three parts: `5.1.1`. RFC 3463, section 2.
public struct StatusCode: Sendable, Hashable, CustomStringConvertible {
  /// 2: success, 4: a failure that may pass, 5: a failure for good.
  public var category: Int
  /// What it is about: 1 the address, 2 the mailbox, 3 the system, 4 the network, 5 the protocol, 6 the contents, 7 a policy.
  public var subject: Int
  /// What exactly.
  public var detail: Int

  /// The code `category.subject.detail`.
  public init(_ category: Int, _ subject: Int, _ detail: Int) {
    self.category = category
    self.subject = subject
    self.detail = detail
  }

  /// The code at the begin of `text`, comments and text behind it being passed over; nil when there is none.
  public init?(parsing text: String) {
    var numbers: [Int] = []
    var current: Int?
    for byte in trimmed(text).utf8.prefix(12) {
      if byte.isDigit {
        let value = (current ?? 0) * 10 + Int(byte - 0x30)
        guard value <= 999 else { return nil }
        current = value
      } else if byte == 0x2E, let value = current, numbers.count < 2 {
        numbers.append(value)
        current = nil
      } else {
        break
      }
    }
    guard numbers.count == 2, let detail = current, [2, 4, 5].contains(numbers[0]) else { return nil }
    self.init(numbers[0], numbers[1], detail)
  }

  /// `5.1.1`
  public var description: String { "\(category).\(subject).\(detail)" }
}
