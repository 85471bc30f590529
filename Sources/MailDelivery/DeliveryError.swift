public import MailConfiguration
public import MailSystem

/// Why a message was not delivered.
public enum DeliveryError: Error, Sendable, Equatable, CustomStringConvertible {
  /// It is larger than the limit, in bytes. For good.
  case tooLarge(limit: Int64)
  /// The name service is sure that there is no such user. For good.
  case noSuchUser(String)
  /// A filter said no, in these words. For good.
  case rejected(String)
  /// The store holds as much as it may, and Trash can't make room. For good where the user wants that.
  case overQuota(String, isFinal: Bool)
  /// The store may not be used: it belongs to somebody else, or somebody else may write to it.
  case notTrusted(String, reason: String)
  /// Only root may deliver to others.
  case notPermitted(user: String)
  /// There is no message: standard input is closed.
  case noInput
  /// There is no home directory to find the store in.
  case noHome
  case configuration(ConfigurationError)
  case system(SystemError)

  /// Trying again can't help, and the sender should be told. Everything else may pass.
  public var isFinal: Bool {
    switch self {
    case .tooLarge, .noSuchUser, .rejected: true
    case .overQuota(_, let isFinal): isFinal
    default: false
    }
  }

  public var description: String {
    switch self {
    case .tooLarge(let limit): "the message is larger than \(describe(limit))"
    case .noSuchUser(let name): "\(name): no such user"
    case .rejected(let reason): reason
    case .overQuota(let store, _): "\(store): quota exceeded"
    case .notTrusted(let path, let reason): "\(path): \(reason)"
    case .notPermitted(let user): "\(user): only root may deliver to another user"
    case .noInput: "no message: standard input is closed"
    case .noHome: "no home directory, and no store named"
    case .configuration(let error): error.description
    case .system(let error): error.description
    }
  }
}

/// A number of bytes as people say it, without rounding.
private func describe(_ bytes: Int64) -> String {
  for (unit, name) in [(Int64(1_000_000), "MB"), (1_000, "kB")] where bytes >= unit && bytes % unit == 0 {
    return "\(bytes / unit) \(name)"
  }
  return "\(bytes) bytes"
}
