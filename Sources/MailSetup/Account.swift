public import MailConfiguration

/// What a new user has to say: who writes, and who takes the mail.
public struct Account: Sendable, Equatable {
  public var name: String?
  public var address: String
  /// Nil when an `[[outgoing]]` that the file has already is meant: then `outgoingName` is its name.
  public var outgoing: Configuration.Outgoing?
  public var outgoingName: String?
  /// Where the tokens come from, if the server wants some.
  public var oauth: Configuration.OAuth?
  /// `password-file` as it shall stand in the file, where it is shorter than the path.
  public var passwordFile: String?

  public init(name: String? = nil, address: String, outgoing: Configuration.Outgoing? = nil) {
    self.name = name
    self.address = address
    self.outgoing = outgoing
  }

  /// `[[identity]]`.
  func identityText(outgoing: String?) -> String {
    var lines = ["[[identity]]"]
    if let name, !name.isEmpty { lines.append("name = \(tomlString(name))") }
    lines.append("address = \(tomlString(address))")
    if let outgoing { lines.append("outgoing = \(tomlString(outgoing))") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What stands below `[outgoing]`: keys and their values as TOML, in the order in which they are written.
  func outgoingValues(name: String?) -> [(key: String, value: String)] {
    guard let outgoing else { return [] }
    var values: [(String, String)] = []
    if let name { values.append(("name", tomlString(name))) }
    if outgoing.kind == .command {
      values += [("kind", "\"command\""), ("command", tomlString(outgoing.command ?? ""))]
      return values
    }
    values += [
      ("host", tomlString(outgoing.host)), ("port", "\(outgoing.port)"), ("tls", "\"\(outgoing.tls.rawValue)\""),
    ]
    let login = outgoing.login
    if let user = login.user { values.append(("user", tomlString(user))) }
    if let command = login.passwordCommand { values.append(("password-command", tomlString(command))) }
    if let file = passwordFile ?? login.passwordFile { values.append(("password-file", tomlString(file))) }
    if let command = login.tokenCommand { values.append(("token-command", tomlString(command))) }
    if login.mechanisms == ["none"] { values.append(("authentication", "\"none\"")) }
    if let file = outgoing.trust.caFile { values.append(("ca-file", tomlString(file))) }
    if !outgoing.trust.fingerprints.isEmpty {
      values.append(("fingerprint", "[" + outgoing.trust.fingerprints.map(tomlString).joined(separator: ", ") + "]"))
    }
    if login.allowsClearText { values.append(("clear-text-login", "true")) }
    return values
  }

  /// `[[oauth]]`.
  func oauthText() -> String? {
    guard let oauth else { return nil }
    var lines = ["[[oauth]]", "name = \(tomlString(oauth.name))", "client-id = \(tomlString(oauth.clientID))"]
    let optional = [
      ("client-secret", oauth.clientSecret), ("client-secret-command", oauth.clientSecretCommand),
      ("authorization-endpoint", oauth.authorizationEndpoint), ("token-endpoint", oauth.tokenEndpoint),
      ("device-endpoint", oauth.deviceEndpoint), ("scope", oauth.scope), ("ca-file", oauth.caFile),
    ]
    for (key, value) in optional {
      if let value { lines.append("\(key) = \(tomlString(value))") }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
