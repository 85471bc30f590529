internal import MailConfiguration
internal import MailSystem

/// The file of a configuration: read as a whole, replaced as a whole.
public struct ConfigurationFile: Sendable {
  /// The file, with symbolic links followed: a link stays one.
  public let path: String
  /// What it holds; nil when it isn't there.
  public let content: [UInt8]?

  /// The file `path`, which may be missing; an error if somebody else could have written it.
  public init(_ path: String) throws(SetupError) {
    let reason: String
    do throws(SystemError) {
      self.path = try resolved(path)
      content = try existing(self.path)
      guard content != nil, let problem = try fileStatus(self.path).trustProblem(for: effectiveUserID()) else { return }
      reason = problem
    } catch { throw .system(error) }
    throw .configuration(.notTrusted(file: path, reason: reason))
  }

  /// Replaces the file by `bytes`, with mode 600, so that whoever reads it finds the old or the new one whole. What it held
  /// before is kept in a file whose name ends in `~`; nil when there was none. An error if it has changed since it was read.
  public func replace(with bytes: [UInt8]) throws(SetupError) -> String? {
    do throws(SystemError) {
      try createDirectories(parentDirectory(of: path))
      guard try existing(path) == content else { throw SystemError.busy("replace", path: path) }
      guard let content else {
        try replaceFile(path, with: bytes, permissions: 0o600)
        return nil
      }
      try replaceFile(path + "~", with: content, permissions: 0o600)
      try replaceFile(path, with: bytes, permissions: 0o600)
      return path + "~"
    } catch { throw .system(error) }
  }
}

/// Writes a secret to `path`, with mode 600, and makes the directories above it, which nobody else may enter.
public func writeSecretFile(_ path: String, _ secret: [UInt8]) throws(SetupError) {
  do throws(SystemError) {
    try createDirectories(parentDirectory(of: path), permissions: 0o700)
    try replaceFile(path, with: secret + [0x0A], permissions: 0o600)
  } catch { throw .system(error) }
}

private func existing(_ path: String) throws(SystemError) -> [UInt8]? {
  do throws(SystemError) { return try readFile(path, limit: 4 << 20) } catch {
    if error.isNotFound { return nil }
    throw error
  }
}

/// `path` with links followed, as far as there is something.
private func resolved(_ path: String) throws(SystemError) -> String {
  do throws(SystemError) { return try realPath(path) } catch {
    guard error.isNotFound else { throw error }
    return absolutePath(path)
  }
}
