public import MailConfiguration
internal import MailSystem

/// Where tokens are kept: a file of mode 600 for each `[[oauth]]`, in `$XDG_STATE_HOME/postbag/oauth`.
public struct TokenStore: Sendable {
  let directory: String

  /// The store in `directory`.
  public init(directory: String) { self.directory = directory }

  /// The user's store.
  public init(home: String?) {
    let base = environment("XDG_STATE_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "\(home ?? "")/.local/state"
    directory = "\(base)/postbag/oauth"
  }

  private func path(_ oauth: Configuration.OAuth) -> String { "\(directory)/\(oauth.name).json" }

  /// The tokens of `oauth`; nil when there are none, or when they were given out by another endpoint or to another client
  /// than the configuration names now: those must not be sent there.
  public func tokens(of oauth: Configuration.OAuth) throws(SetupError) -> Tokens? {
    let (bytes, status): ([UInt8], FileStatus)
    do throws(SystemError) {
      let file = try File(path(oauth), [.read, .nonBlocking])
      status = try file.status()
      bytes = try readToEnd(file.descriptor, limit: 1 << 20, path: path(oauth))
    } catch {
      if error.isNotFound { return nil }
      throw .system(error)
    }
    if let problem = status.trustProblem(for: effectiveUserID()) {
      throw .secret(.notTrusted(file: path(oauth), reason: problem))
    }
    if status.permissions & 0o077 != 0 {
      throw .secret(.notTrusted(file: path(oauth), reason: "others may read it; chmod 600 helps"))
    }
    guard let value = parseJSON(bytes), value["token_endpoint"]?.string == oauth.tokenEndpoint,
      value["client_id"]?.string == oauth.clientID, let access = value["access_token"]?.string
    else { return nil }
    return Tokens(
      access: Secret(access), refresh: value["refresh_token"]?.string.map { Secret($0) },
      expires: value["expires_at"]?.integer, scope: value["scope"]?.string)
  }

  /// Keeps `tokens`; they are on the disk when it returns.
  public func keep(_ tokens: Tokens, of oauth: Configuration.OAuth) throws(SetupError) {
    var members: [(String, JSONValue)] = [
      ("token_endpoint", .string(oauth.tokenEndpoint)), ("client_id", .string(oauth.clientID)),
      ("access_token", .string(tokens.access.text)),
    ]
    if let refresh = tokens.refresh { members.append(("refresh_token", .string(refresh.text))) }
    if let expires = tokens.expires { members.append(("expires_at", .number("\(expires)"))) }
    if let scope = tokens.scope { members.append(("scope", .string(scope))) }
    let text = JSONValue.object(members).text + "\n"
    do throws(SystemError) {
      try createDirectories(directory)
      try replaceFile(path(oauth), with: Array(text.utf8), permissions: 0o600)
    } catch { throw .system(error) }
  }

  /// Forgets the tokens of `oauth`; false when there were none.
  public func forget(_ oauth: Configuration.OAuth) throws(SetupError) -> Bool {
    do throws(SystemError) { try removeFile(path(oauth)) } catch {
      if error.isNotFound { return false }
      throw .system(error)
    }
    return true
  }

  /// Does `work` while no other process changes the tokens of `oauth`: a refresh token may be good for one time only.
  func locked<Result>(
    _ oauth: Configuration.OAuth, _ work: () throws(SetupError) -> Result
  ) throws(SetupError) -> Result {
    let lock: FileLock
    do throws(SystemError) {
      try createDirectories(directory)
      lock = try FileLock("\(directory)/\(oauth.name).lock", patience: nanoseconds(ofSeconds: 60))
    } catch { throw .system(error) }
    do throws(SetupError) {
      let result = try work()
      lock.unlock()
      return result
    } catch {
      lock.unlock()
      throw error
    }
  }
}
