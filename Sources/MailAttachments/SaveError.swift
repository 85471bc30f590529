public import MailSystem

/// Why a part could not be saved.
public enum SaveError: Error, Equatable, CustomStringConvertible {
  /// The folder to save in is not there, or is none.
  case noSuchDirectory(String)
  /// A call of the system failed.
  case system(SystemError)
  /// Every name that could have been made from this one is taken.
  case noFreeName(String)
  /// What was written reads back as something else.
  case notSame(String)

  public var description: String {
    switch self {
    case .noSuchDirectory(let path): "\(path): no such directory"
    case .system(let error): error.description
    case .noFreeName(let path): "\(path): there, and so are all names made from it"
    case .notSame(let path): "\(path): what was written is not what is there"
    }
  }
}
