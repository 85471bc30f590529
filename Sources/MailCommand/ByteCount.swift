internal import MailConfiguration

/// A size on the command line, as in the configuration: `500000`, `20M`, `20 MB`, `1 GiB`.
public struct ByteCount: ExpressibleByArgument, Equatable {
  public let bytes: Int

  /// Nil for what is no size.
  public init?(argument: String) {
    guard let count = parseByteCount(argument) else { return nil }
    bytes = Int(count)
  }
}
