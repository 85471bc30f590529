/// A way in which a message differs from what the standards ask for, and where.
public struct Defect: Sendable, Hashable {
  /// What is wrong.
  public enum Kind: String, Sendable, Hashable {
    /// The header has a line that is neither a field nor a continuation; it was passed over.
    case malformedHeaderLine
    /// The header ends without an empty line.
    case missingHeaderEnd
    /// A multipart names no boundary.
    case missingBoundary
    /// The boundary that a multipart names doesn't occur in it.
    case boundaryNotFound
    /// The boundary was guessed from the body.
    case guessedBoundary
    /// A multipart ends without its closing delimiter.
    case missingCloseDelimiter
    /// A multipart or embedded message says that it is encoded, which RFC 2045, section 6.4, forbids.
    case encodedComposite
    /// The transfer encoding is none that is known; the body was taken as it is.
    case unknownTransferEncoding
    /// Multiparts are nested more deeply than the limit; the inner ones stay opaque.
    case nestingLimit
    /// There are more parts than the limit; the rest belongs to the last one.
    case partLimit
    /// A header is longer or has more fields than the limit; its rest is not read.
    case headerLimit
  }

  /// What is wrong.
  public let kind: Kind
  /// Where in the message, in octets.
  public let offset: Int
}
