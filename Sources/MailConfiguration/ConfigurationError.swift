public import MailSystem

/// Why a configuration can't be used.
public enum ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file can't be read.
  case unreadable(SystemError)
  /// Somebody else could have written the file.
  case notTrusted(file: String, reason: String)
  /// The file says something it can't say. `key` is dotted, as in `delivery.size-limit`; line 0 is the whole file.
  case invalid(file: String, line: Int, key: String?, problem: String)

  public var description: String {
    switch self {
    case .unreadable(let error): error.description
    case .notTrusted(let file, let reason): "\(file): \(reason)"
    case .invalid(let file, let line, let key, let problem):
      "\(file)\(line > 0 ? ":\(line)" : ""): \(key.map { "\($0): " } ?? "")\(problem)"
    }
  }

  /// The line that the error is about; 0 is the whole file.
  public var line: Int {
    if case .invalid(_, let line, _, _) = self { line } else { 0 }
  }
}
