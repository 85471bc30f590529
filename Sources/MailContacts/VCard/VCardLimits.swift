/// How much of a vCard is read; what is beyond is left out and named in the defects.
public struct VCardLimits: Sendable {
  /// Bytes of one property, folded lines together: a picture may be large.
  public var property = 4 << 20
  /// Bytes of one card.
  public var card = 8 << 20
  /// Properties of one card.
  public var properties = 2_000
  /// Parameters of one property.
  public var parameters = 64
  /// Cards of one file.
  public var cards = 200_000

  public static let standard = VCardLimits()
}

/// What is wrong with a text, and where.
public struct TextDefect: Sendable, Hashable, CustomStringConvertible {
  /// Counted from 1.
  public var line: Int
  /// A clause without full stop.
  public var reason: String

  public init(line: Int, _ reason: String) {
    self.line = line
    self.reason = reason
  }

  public var description: String { "line \(line): \(reason)" }
}
