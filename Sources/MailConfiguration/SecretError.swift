public import MailSystem

/// Why a password or a token can't be had. Nothing of what a command printed is in it.
public enum SecretError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The configuration names no source, and nobody can be asked.
  case noSource(key: String, server: String)
  /// The command can't be run.
  case notRunnable(key: String, SystemError)
  /// The command ended with this code.
  case failed(key: String, code: Int32)
  /// The command took longer than these seconds.
  case timedOut(key: String, seconds: Int)
  /// The first line is empty, or too long.
  case noSecret(key: String, reason: String)
  /// The file can't be read.
  case unreadable(SystemError)
  /// Others could read or change the file.
  case notTrusted(file: String, reason: String)
  /// The person that was asked gave no answer.
  case cancelled

  /// Trying again may help.
  public var isTemporary: Bool {
    switch self {
    case .timedOut: true
    case .notRunnable(_, let error), .unreadable(let error): error.isTemporary
    default: false
    }
  }

  public var description: String {
    switch self {
    case .noSource(let key, let server): "\(server): there is no \(key), and nobody to ask"
    case .notRunnable(let key, let error): "\(key): \(error)"
    case .failed(let key, let code): "\(key): the command ended with \(code)"
    case .timedOut(let key, let seconds): "\(key): the command took longer than \(seconds) s"
    case .noSecret(let key, let reason): "\(key): \(reason)"
    case .unreadable(let error): error.description
    case .notTrusted(let file, let reason): "\(file): \(reason)"
    case .cancelled: "no password was given"
    }
  }
}
