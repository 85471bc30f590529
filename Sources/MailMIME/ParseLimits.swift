/// How much of a message is taken apart. What lies beyond a limit stays as opaque bytes and is named as a defect.
public struct ParseLimits: Sendable, Equatable {
  /// The deepest nesting of multiparts and embedded messages.
  public var nesting = 100
  /// The number of parts of all levels.
  public var parts = 10_000
  /// The octets of one header that are read as fields.
  public var headerBytes = 50 << 20
  /// The fields of one header that are read.
  public var headerFields = 1_000_000
  /// The defects that are listed.
  public var defects = 100

  /// The limits for mail from anywhere.
  public static let standard = ParseLimits()

  /// The standard limits, to be changed one by one.
  public init() {}
}

/// The parameters of one structured field that are read.
let parameterLimit = 1_000
