public import MailStore
public import MailSystem

/// Why an import ends, or a source can't be imported.
public enum ImportError: Error, Sendable, CustomStringConvertible {
  /// There is no such file.
  case notFound(String)
  /// The file holds no mail that we know, or not what was said.
  case notMail(String, reason: String)
  /// The source is refused before anything of it was imported; why.
  case refused(String, reason: String)
  /// The source is damaged or hostile; why. Nothing of it was imported.
  case damaged(String, reason: String)
  /// The source has been changed since the import that was interrupted.
  case changed(String)
  /// Somebody asked to stop.
  case interrupted
  /// Another process does the same import.
  case busy(String)
  /// A folder can't be made; its messages are not imported.
  case folder(String, StoreError)
  /// A source can't be read.
  case system(SystemError)
  case store(StoreError)

  public var description: String {
    switch self {
    case .notFound(let path): "\(path): no such file or directory"
    case .notMail(let path, let reason), .refused(let path, let reason), .damaged(let path, let reason):
      "\(path): \(reason)"
    case .changed(let path): "\(path): changed since the import of it was interrupted"
    case .interrupted: "stopped"
    case .busy(let path): "\(path): is being imported by another process"
    case .folder(let name, let error): "\(name): can't be made: \(error.description)"
    case .system(let error): error.description
    case .store(let error): error.description
    }
  }
}

/// Runs `body`, and gives what it throws as an `ImportError`.
func asImportError<Value>(_ body: () throws -> Value) throws(ImportError) -> Value {
  do {
    return try body()
  } catch let error as ImportError {
    throw error
  } catch let error as StoreError {
    throw .store(error)
  } catch let error as SystemError {
    throw .system(error)
  } catch {
    throw .damaged("", reason: "\(error)")
  }
}
