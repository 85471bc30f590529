/// What the meaning of a query depends on besides its text.
public struct QueryContext {
  /// The present in seconds since 1970.
  public let now: Int64
  /// Seconds by which local time is ahead of UTC at an instant.
  public let utcOffset: (Int64) -> Int64
  /// The query saved under a name, or nil.
  public let savedSearch: (String) -> String?
  public let limits: QueryLimits

  public init(
    now: Int64, utcOffset: @escaping (Int64) -> Int64 = { _ in 0 },
    savedSearch: @escaping (String) -> String? = { _ in nil }, limits: QueryLimits = .standard
  ) {
    self.now = now
    self.utcOffset = utcOffset
    self.savedSearch = savedSearch
    self.limits = limits
  }
}

/// How large a query may be.
public struct QueryLimits: Sendable {
  /// Bytes of UTF-8.
  public var length = 65_536
  /// Words, phrases and field values, saved searches included.
  public var terms = 500
  /// Open parentheses and `NOT`s.
  public var depth = 50
  /// Letters or digits before `*`.
  public var prefix = 4

  public init() {}

  public static let standard = QueryLimits()
}
