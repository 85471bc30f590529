public import MailConfiguration
public import MailSystem

/// Why a configuration can't be made or a token can't be had.
public enum SetupError: Error, Sendable, Equatable, CustomStringConvertible {
  /// curl is not installed.
  case noCurl
  /// A host gave no usable answer: why.
  case noAnswer(String, String)
  /// The configuration has no `[[oauth]]` of this name.
  case unknownOAuth(String)
  /// The `[[oauth]]` can't do this: it lacks a key.
  case cannot(oauth: String, lacks: String)
  /// Nobody has logged in yet, or what was kept is of no use any more.
  case notLoggedIn(String)
  /// The server refuses: its code, and what it says to people.
  case refused(host: String, code: String, String)
  /// The browser, or the other device, didn't come back in time.
  case noApproval(String)
  /// The file has this already: what, and where.
  case exists(file: String, String)
  /// The file would be wrong after the change; the first mistake.
  case wouldBeWrong(ConfigurationError)
  /// Somebody asked this process to stop.
  case interrupted
  case configuration(ConfigurationError)
  case secret(SecretError)
  case system(SystemError)

  public var description: String {
    switch self {
    case .noCurl: "curl is not installed"
    case .noAnswer(let host, let reason): "\(host): \(reason)"
    case .unknownOAuth(let name): "no [[oauth]] has the name \"\(name)\""
    case .cannot(let name, let key): "oauth \"\(name)\" has no \(key)"
    case .notLoggedIn(let name): "\(name): nobody is logged in"
    case .refused(let host, let code, let text): "\(host): \(code)\(text.isEmpty ? "" : ": \(text)")"
    case .noApproval(let reason): reason
    case .exists(let file, let what): "\(file): \(what)"
    case .wouldBeWrong(let error): "\(error)"
    case .interrupted: "interrupted"
    case .configuration(let error): error.description
    case .secret(let error): error.description
    case .system(let error): error.description
    }
  }
}
