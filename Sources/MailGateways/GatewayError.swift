internal import MailBytes
public import MailHTML
public import MailSystem

/// Why something can't go to a telephone number.
public enum GatewayError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The configuration has no gateway of this kind.
  case notConfigured(GatewayKind)
  /// That is no telephone number, or none of those that are reached.
  case badNumber(String, reason: String)
  /// The configuration doesn't allow the number.
  case notAllowed(String)
  /// There is nothing to send.
  case empty
  /// The text takes more parts than the configuration allows.
  case tooManyParts(Int, limit: Int)
  /// The attachment can't be put on paper.
  case notPrintable(name: String, reason: String)
  /// The pages are more than a fax can be.
  case tooLarge
  /// The page could not be made.
  case page(PDFError)
  /// The command said so with this exit code; `text` is what it printed.
  case refused(code: Int32, text: String)
  /// The command could not do it now.
  case failed(code: Int32, text: String)
  /// The command was stopped because it took too long; what it did until then nobody knows.
  case timedOut(seconds: Int)
  /// The system failed.
  case system(SystemError)

  public var description: String {
    switch self {
    case .notConfigured(let kind): "no gateway for \(kind == .sms ? "SMS" : "fax") is configured"
    case .badNumber(let number, let reason): "\(number): \(reason)"
    case .notAllowed(let number): "\(number): the configuration doesn't allow this number"
    case .empty: "there is no text to send"
    case .tooManyParts(let count, let limit): "the text takes \(count) parts, and \(limit) are allowed"
    case .notPrintable(let name, let reason): "\(name): can't be sent as fax: \(reason)"
    case .tooLarge: "too large for a fax"
    case .page(let error): error.description
    case .refused(let code, let text): "the gateway refused it (\(code))\(text.isEmpty ? "" : ": \(text)")"
    case .failed(let code, let text): "the gateway failed (\(code))\(text.isEmpty ? "" : ": \(text)")"
    case .timedOut(let seconds):
      "the gateway took longer than \(seconds) seconds and was stopped; it may have sent the message"
    case .system(let error): error.description
    }
  }

  /// Trying again may help. What may have been sent is not tried again.
  public var isTemporary: Bool {
    switch self {
    case .failed: true
    case .system(let error): error.isTemporary
    case .page(let error): error.isTemporary
    default: false
    }
  }

  /// What kind of failure it is. RFC 3463, section 3.
  public var status: String {
    switch self {
    case .notConfigured: "5.4.4"
    case .badNumber: "5.1.3"
    case .notAllowed: "5.7.1"
    case .empty, .notPrintable: "5.6.1"
    case .tooManyParts, .tooLarge: "5.3.4"
    case .refused: "5.3.0"
    case .failed: "4.3.0"
    case .timedOut: "5.4.7"
    case .system(let error): error.isTemporary ? "4.3.0" : "5.3.0"
    case .page(let error): error.isTemporary ? "4.3.0" : "5.3.0"
    }
  }
}
