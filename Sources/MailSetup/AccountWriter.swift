public import MailConfiguration

/// Puts an account into the text of a configuration, whatever else stands in it.
public struct AccountWriter: Sendable {
  /// What is to happen to an identity or a server that is there already.
  public enum Conflict: Sendable, Equatable {
    /// Nothing: an error.
    case stop
    /// The account comes beside it.
    case add
    /// The keys of the account are set in it; its other keys and its comments stay.
    case replace
  }

  let file: String
  let source: [UInt8]
  let home: String?
  /// What the file says now.
  public let configuration: Configuration

  /// For the file `file`, which holds `source`; an error if there is something wrong with it.
  public init(_ source: [UInt8], file: String, home: String?) throws(SetupError) {
    let (configuration, problems) = Configuration.reading(source, file: file, home: home)
    if let first = problems.first { throw .configuration(first) }
    self.configuration = configuration
    self.source = source
    self.file = file
    self.home = home
  }

  /// The text with `account` in it.
  ///
  /// The result is read before it is returned: it says what `account` says, and has no mistake.
  public func adding(_ account: Account, _ conflict: Conflict) throws(SetupError) -> [UInt8] {
    var document = TOMLDocument(source)
    let old = configuration.identity(for: account.address)
    if conflict != .replace, old != nil { throw .exists(file: file, "\(account.address) is an identity already") }
    if conflict == .stop, !configuration.identities.isEmpty || !configuration.outgoing.isEmpty {
      throw .exists(file: file, "has an identity already")
    }
    if source.isEmpty { document.append("# See mail-config(5); mail-setup --check tells mistakes.\n") }
    let name: String?
    if let old, conflict == .replace {
      name = try replaceServer(of: old, with: account, in: &document)
      try change(old, to: account, outgoing: name, in: &document)
    } else {
      name = try addServer(account, to: &document, isFirst: configuration.outgoing.isEmpty)
      document.append(account.identityText(outgoing: name))
      if let values = serverText(account, name: name) { document.append(values) }
    }
    if let text = account.oauthText(), !configuration.oauth.contains(where: { $0.name == account.oauth?.name }) {
      document.append(text)
    }
    return try checked(document.bytes, account)
  }

  private func serverText(_ account: Account, name: String?) -> String? {
    guard account.outgoing != nil else { return nil }
    let header = configuration.outgoing.isEmpty ? "[outgoing]" : "[[outgoing]]"
    let values = account.outgoingValues(name: configuration.outgoing.isEmpty ? nil : name)
    return ([header] + values.map { "\($0.key) = \($0.value)" }).joined(separator: "\n") + "\n"
  }

  /// Makes room for one more server; its name, nil for the only one.
  private func addServer(
    _ account: Account, to document: inout TOMLDocument, isFirst: Bool
  ) throws(SetupError) -> String? {
    guard account.outgoing != nil else {
      guard let name = account.outgoingName else { return nil }
      guard configuration.outgoing(named: name) != nil else {
        throw .exists(file: file, "has no [[outgoing]] with the name \"\(name)\"")
      }
      return name
    }
    if isFirst { return nil }
    if configuration.outgoing.count == 1, let header = document.header("outgoing") {
      if !header.isArray { document.makeArray(headerAt: header.line) }
      document.set("name", to: tomlString(configuration.outgoing[0].name), inTableAt: header.line)
    }
    return freeName(account.outgoingName ?? account.outgoing?.name ?? "default", domain: account.address)
  }

  /// `name`, unless it is taken or says nothing; then one made of the address.
  private func freeName(_ name: String, domain address: String) -> String {
    let domain = address.lastIndex(of: "@").map { String(address[address.index(after: $0)...]) } ?? address
    let first = name == "default" ? domain : name
    var candidate = first
    var number = 2
    while configuration.outgoing(named: candidate) != nil {
      candidate = "\(first)-\(number)"
      number += 1
    }
    return candidate
  }

  /// Sets the keys of the server that `identity` uses; its name, where it has one.
  private func replaceServer(
    of identity: Configuration.Identity, with account: Account, in document: inout TOMLDocument
  ) throws(SetupError) -> String? {
    guard account.outgoing != nil else { return try addServer(account, to: &document, isFirst: false) }
    guard let server = configuration.outgoing(for: identity) else {
      let name = try addServer(account, to: &document, isFirst: configuration.outgoing.isEmpty)
      if let text = serverText(account, name: name) { document.append(text) }
      return name
    }
    let headers = document.headers.filter { $0.name == ["outgoing"] }
    guard let index = configuration.outgoing.firstIndex(where: { $0.name == server.name }), index < headers.count else {
      throw .exists(file: file, "its server is written in a way that has to be changed by hand")
    }
    for key in serverKeys { document.remove(key, inTableAt: headers[index].line) }
    for (key, value) in account.outgoingValues(name: nil).reversed() {
      document.set(key, to: value, inTableAt: headers[index].line)
    }
    return identity.outgoing
  }

  private func change(
    _ identity: Configuration.Identity, to account: Account, outgoing: String?, in document: inout TOMLDocument
  ) throws(SetupError) {
    let headers = document.headers.filter { $0.name == ["identity"] }
    guard let index = configuration.identities.firstIndex(of: identity), index < headers.count else {
      throw .exists(file: file, "the identity is written in a way that has to be changed by hand")
    }
    if let name = account.name { document.set("name", to: tomlString(name), inTableAt: headers[index].line) }
    if let outgoing { document.set("outgoing", to: tomlString(outgoing), inTableAt: headers[index].line) }
  }

  private func checked(_ bytes: [UInt8], _ account: Account) throws(SetupError) -> [UInt8] {
    let (result, problems) = Configuration.reading(bytes, file: file, home: home)
    if let first = problems.first { throw .wouldBeWrong(first) }
    let identity = result.identity(for: account.address)
    let server = result.outgoing(for: identity)
    let isRight =
      account.outgoing.map { wanted in
        wanted.kind == .command && server?.command == wanted.command
          || server?.host == wanted.host && server?.port == wanted.port && server?.command == wanted.command
            && server?.login.user == wanted.login.user
      } ?? (account.outgoingName == nil || server?.name == account.outgoingName)
    guard identity != nil, isRight else {
      throw .exists(file: file, "is written in a way that has to be changed by hand")
    }
    return bytes
  }
}

/// The keys that replacing a server takes away before it sets those of the account: what belongs to the old one alone.
private let serverKeys = [
  "kind", "command", "host", "port", "socket", "tls", "user", "password-command", "password-file", "token-command",
  "authentication", "clear-text-login", "ca-file", "fingerprint", "certificate", "certificate-key",
]
