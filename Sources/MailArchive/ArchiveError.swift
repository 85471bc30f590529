public import MailZip

/// Why an archive can't be made or read.
public enum ArchiveError: Error, Sendable, CustomStringConvertible {
  /// There is something of this name already.
  case exists(String)
  /// The directory that the archive is to lie in is missing.
  case noDirectory(String)
  /// What was read back is not what is in the store; the message.
  case differs(String)
  /// The file is no archive of a form that can be read.
  case unknownForm(String)
  /// The archive holds no message of this number or name.
  case noSuchMessage(archive: String, String)
  /// Several messages of the archive have this name.
  case ambiguous(archive: String, String)
  /// Somebody asked for an end before the archive was there.
  case interrupted
  case zip(ZipError)
  case manifest(archive: String, ManifestError)

  public var description: String {
    switch self {
    case .exists(let path): "\(path): exists already"
    case .noDirectory(let path): "\(path): no such directory"
    case .differs(let path): "\(path): the archive doesn't hold what is in this file; nothing is deleted"
    case .unknownForm(let path): "\(path): neither a zip file, an mbox nor a Maildir"
    case .noSuchMessage(let archive, let name): "\(archive): \(name): no such message"
    case .ambiguous(let archive, let name): "\(archive): \(name): several messages have this name"
    case .interrupted: "stopped: no archive was made"
    case .zip(let error): error.description
    case .manifest(let archive, let error): "\(archive): \(error)"
    }
  }
}

/// Runs `body` and gives errors of zip files as `ArchiveError`, but failed system calls as they are.
func passingZipErrors<Value>(_ body: () throws -> Value) throws -> Value {
  do {
    return try body()
  } catch let error as ZipError {
    if case .system(let cause) = error { throw cause }
    throw ArchiveError.zip(error)
  }
}
