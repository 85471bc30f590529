// Stands in for the few names that swift-argument-parser takes from FoundationEssentials, when the suite is linked
// (scripts/link-suite). The real module would bring thousands of protocol conformances into the program, which the
// runtime searches at every start. What is here is used by one hidden option alone, --experimental-dump-help.

internal import Glibc

/// No error conforms to it, so casts to it fail, as they would for ours with the real one.
public protocol LocalizedError: Error {
  var errorDescription: String? { get }
}

public struct Data: Sendable {}

open class JSONEncoder {
  public struct OutputFormatting: OptionSet, Sendable {
    public let rawValue: UInt
    public init(rawValue: UInt) { self.rawValue = rawValue }
    public static let prettyPrinted = OutputFormatting(rawValue: 1)
    public static let sortedKeys = OutputFormatting(rawValue: 2)
  }

  public init() {
    let message = Array("this option is not available in the installed commands\n".utf8)
    _ = unsafe message.withUnsafeBytes { unsafe write(2, $0.baseAddress, $0.count) }
    exit(64)
  }
}

extension String {
  public struct Encoding: Sendable {
    public static let utf8 = Encoding()
  }

  public init?(data: __shared Data, encoding: Encoding) { nil }
}
