public import MailSystem

/// Why a zip file, or an entry of it, can't be read.
public enum ZipError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file is no zip file at all.
  case notZip(String)
  /// The file is cut off or its list of entries is wrong; what is wrong.
  case damaged(path: String, String)
  /// The file claims more than the limits allow; what is too much.
  case tooMuch(path: String, String)
  /// One entry can't be read; the others may be good.
  case entry(path: String, name: String, ZipProblem)
  case system(SystemError)

  public var description: String {
    switch self {
    case .notZip(let path): "\(path): not a zip file"
    case .damaged(let path, let what): "\(path): damaged: \(what)"
    case .tooMuch(let path, let what): "\(path): refused: \(what)"
    case .entry(let path, let name, let problem): "\(path): \(name): \(problem)"
    case .system(let error): error.description
    }
  }
}

/// Why an entry of a zip file is not to be used.
public enum ZipProblem: Sendable, Equatable, CustomStringConvertible {
  /// The name leads out of the archive or can't be a name; why.
  case unsafeName(String)
  /// An entry before it has the same name.
  case duplicateName
  /// A symbolic link or a device.
  case notAFile
  case encrypted
  /// Packed by a method that is not deflate; its number.
  case unknownMethod(Int)
  /// Larger than the limit, in bytes.
  case tooLarge(Int64)
  /// What is in the file is not what the list of entries says; how.
  case damaged(String)

  public var description: String {
    switch self {
    case .unsafeName(let reason): "unsafe name: \(reason)"
    case .duplicateName: "the name occurs twice"
    case .notAFile: "not a regular file"
    case .encrypted: "encrypted"
    case .unknownMethod(let number): "packed by an unknown method (\(number))"
    case .tooLarge(let bytes): "too large (\(bytes) bytes)"
    case .damaged(let what): "damaged: \(what)"
    }
  }
}
