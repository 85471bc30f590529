/// Why a message can't be made.
public enum ComposeError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What stands in an address field is no address. `field` names it, with its line in the editor where there is one.
  case badAddress(field: String, text: String, reason: String)
  /// There is no list or group of contacts called so.
  case unknownList(field: String, name: String)
  /// A line above the text is no field.
  case badField(line: Int, text: String, reason: String)
  /// A field that mail-compose writes itself, or that nobody may.
  case forbiddenField(String)
  /// `mailto:` and so on. RFC 6068.
  case badURL(String, reason: String)
  /// A file that is to be attached can't be read.
  case unreadable(path: String, reason: String)
  /// The message to answer came over no mailing list, or over one that takes no messages.
  case noList(reason: String)
  /// No identity has this address or name.
  case unknownIdentity(String)
  /// No attached part has this number.
  case unknownPart(line: Int, text: String)

  public var description: String {
    switch self {
    case .badAddress(let field, let text, let reason): "\(field): '\(text)' \(reason)"
    case .unknownList(let field, let name): "\(field): there is no \(name)"
    case .badField(let line, let text, let reason): "line \(line): '\(text)' \(reason)"
    case .forbiddenField(let name): "\(name): not a field that can be given"
    case .badURL(let url, let reason): "\(url): \(reason)"
    case .unreadable(let path, let reason): "\(path): \(reason)"
    case .noList(let reason): reason
    case .unknownIdentity(let name): "\(name): no such identity"
    case .unknownPart(let line, let text): "line \(line): '\(text)' is no attached part"
    }
  }
}
