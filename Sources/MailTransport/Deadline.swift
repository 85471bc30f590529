internal import MailSystem

/// A moment after which nobody waits any more, by a clock that never steps.
public struct Deadline: Sendable, Equatable, Comparable {
  /// Nanoseconds of the monotonic clock.
  private let moment: Int64

  /// The moment in `milliseconds` from now.
  public init(milliseconds: Int) {
    let span = Int64(min(max(milliseconds, 0), 1 << 40)) * 1_000_000
    moment = monotonicNow() + span
  }

  /// How long it is until then, in milliseconds, rounded up; 0 when it has passed.
  public var milliseconds: Int { max(0, Int((moment - monotonicNow() + 999_999) / 1_000_000)) }

  /// It lies in the past.
  public var hasPassed: Bool { milliseconds == 0 }

  public static func < (one: Deadline, other: Deadline) -> Bool { one.moment < other.moment }

  /// The earlier of two, where nil is never.
  public static func earlier(_ one: Deadline?, _ other: Deadline?) -> Deadline? {
    guard let one, let other else { return one ?? other }
    return min(one, other)
  }
}
