internal import MailSystem

extension Configuration.Outgoing {
  /// The password for this server: what `password-command` prints, else the first line of `password-file`, else what
  /// `prompt` answers to a question; nil for `prompt` where nobody can be asked.
  ///
  /// A command gets two minutes: a person may have to unlock a keyring first.
  public func password(prompt: ((String) -> Secret?)? = nil) throws(SecretError) -> Secret {
    if let command = login.passwordCommand { return try secret(printedBy: command, key: "password-command") }
    if let file = login.passwordFile { return try secret(inFile: file) }
    let place = host.isEmpty ? name : host
    guard let prompt else { throw .noSource(key: "password-command or password-file", server: place) }
    guard let answer = prompt("Password of \(login.user ?? "the user") at \(place): ") else { throw .cancelled }
    return answer
  }

  /// The access token for this server, from `token-command`. RFC 6750.
  public func token() throws(SecretError) -> Secret {
    guard let command = login.tokenCommand else {
      throw .noSource(key: "token-command", server: host.isEmpty ? name : host)
    }
    return try secret(printedBy: command, key: "token-command")
  }
}

/// The first line that `command` prints, a command line for the shell. `key` names it in errors. The command reads nothing;
/// what it says on standard error is the user's to see.
public func secret(
  printedBy command: String, key: String, timeLimit seconds: Int = 120
) throws(SecretError) -> Secret {
  let result: Program.Result
  do throws(SystemError) {
    result = try Program.shell(command).collect(limit: secretLimit, timeLimit: seconds)
  } catch {
    if error.isTimeOut { throw .timedOut(key: key, seconds: seconds) }
    throw .notRunnable(key: key, error)
  }
  // Whoever printed more than a secret and found its output closed is no failure; what it printed is looked at.
  guard result.end.isSuccess || result.isCut else { throw .failed(key: key, code: result.end.code) }
  return try firstLine(of: result.output, key: key)
}

/// The first line of `path`, which must be the user's own (or root's), and no others' to read.
public func secret(inFile path: String) throws(SecretError) -> Secret {
  let (bytes, status): ([UInt8], FileStatus)
  do throws(SystemError) {
    let file = try File(path, [.read, .nonBlocking])
    status = try file.status()
    if status.isDirectory { throw .isDirectory(path) }
    bytes = try readToEnd(file.descriptor, limit: secretLimit, path: path)
  } catch { throw .unreadable(error) }
  if let problem = status.trustProblem(for: effectiveUserID()) { throw .notTrusted(file: path, reason: problem) }
  // Root gives a daemon's group the right to read: that is meant so.
  let others: UInt32 = status.uid == 0 && effectiveUserID() != 0 ? 0o007 : 0o077
  if status.isRegular, status.permissions & others != 0 {
    throw .notTrusted(file: path, reason: "others may read it; chmod 600 helps")
  }
  return try firstLine(of: bytes, key: path)
}

/// An error if the file `path` can't be read, or is a directory.
func checkReadable(_ path: String) throws(SecretError) {
  do throws(SystemError) {
    let file = try File(path, [.read, .nonBlocking])
    if try file.status().isDirectory { throw .isDirectory(path) }
  } catch { throw .unreadable(error) }
}

/// Longer than any password or token.
private let secretLimit = 64 << 10

private func firstLine(of bytes: [UInt8], key: String) throws(SecretError) -> Secret {
  var line = bytes.prefix { $0 != UInt8(ascii: "\n") }
  if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
  if line.isEmpty { throw .noSecret(key: key, reason: "the first line is empty") }
  if line.count >= secretLimit { throw .noSecret(key: key, reason: "the first line is too long") }
  if line.contains(0) { throw .noSecret(key: key, reason: "the first line contains a NUL") }
  return Secret(Array(line))
}
