extension Configuration {
  /// Reads a document; `file` names it in errors. The first mistake is thrown: an unknown key, a wrong type, a value that
  /// can't be.
  public init(parsing source: [UInt8], file: String) throws(ConfigurationError) {
    self.init()
    let document: TOMLTable
    do throws(TOMLError) {
      document = try parseTOML(source)
    } catch {
      throw .invalid(file: file, line: error.line, key: nil, problem: error.problem)
    }
    var reader = TableReader(document, file: file)
    store = try reader.optional("store", nonEmptyText)
    try readDelivery(try reader.reader("delivery"))
    try readFolders(try reader.reader("folders"))
    for identity in try reader.readers("identity") { identities.append(try Configuration.identity(identity)) }
    var list = try reader.reader("list")
    try list.read("threads-by-subject", into: &self.list.joinsThreadsBySubject, truth)
    try list.finish()
    var quota = try reader.reader("quota")
    self.quota.limit = try quota.optional("limit", byteCount)
    self.quota.messages = try quota.optional("messages", number(in: 1...Int64.max))
    try quota.read("when-full", into: &self.quota.whenFull, whenFull)
    try quota.finish()
    var expire = try reader.reader("expire")
    for entry in expire.table.entries {
      let lifetime: Lifetime = try expire.required(entry.key, line: entry.line, lifetime)
      expiry.append(ExpiryRule(folder: entry.key, lifetime: lifetime.seconds))
    }
    let outgoing = try reader.reader("outgoing")
    if !outgoing.table.entries.isEmpty { self.outgoing = try Configuration.outgoing(outgoing) }
    try reader.finish()
  }

  private mutating func readDelivery(_ table: TableReader) throws(ConfigurationError) {
    var table = table
    try table.read("size-limit", into: &delivery.sizeLimit, byteCount)
    try table.read("suppress-duplicates", into: &delivery.suppressesDuplicates, truth)
    if let days = try table.optional("duplicate-days", number(in: 1...3650)) { delivery.duplicateDays = Int(days) }
    try table.read("recipient-delimiter", into: &delivery.recipientDelimiter, text)
    try table.read("detail-folders", into: &delivery.filesByDetail, truth)
    try table.read("create-folders", into: &delivery.createsFolders, truth)
    try table.finish()
  }

  private mutating func readFolders(_ table: TableReader) throws(ConfigurationError) {
    var table = table
    var owners: [String: String] = [:]
    let roles: [(String, WritableKeyPath<Folders, [String]>)] = [
      ("sent", \.sent), ("drafts", \.drafts), ("templates", \.templates), ("trash", \.trash), ("junk", \.junk),
    ]
    // Roles that the file is silent about have their names first: an error is told of a line that there is.
    for (key, path) in roles where table.table[key] == nil { owners[roleKey(folders[keyPath: path][0])] = key }
    for (key, path) in roles {
      guard let names = try table.optional(key, folderNames) else { continue }
      for name in names {
        if let owner = owners[roleKey(name)], owner != key {
          throw table.error(key, "\"\(name)\" has the role \(owner) already")
        }
        owners[roleKey(name)] = key
      }
      folders[keyPath: path] = names
    }
    try table.finish()
  }

  private static func identity(_ table: TableReader) throws(ConfigurationError) -> Identity {
    var table = table
    let name = try table.optional("name", text)
    let address = try table.required("address", line: table.line, mailAddress)
    let aliases = try table.optional("aliases", texts) ?? []
    try table.finish()
    return Identity(name: name, address: address, aliases: aliases)
  }

  private static func outgoing(_ table: TableReader) throws(ConfigurationError) -> Outgoing {
    var table = table
    let host = try table.required("host", line: table.line, nonEmptyText)
    let tls = try table.optional("tls", security) ?? .implicit
    let port = try table.optional("port", number(in: 1...65_535)).map { Int($0) }
    let user = try table.optional("user", nonEmptyText)
    let passwordCommand = try table.optional("password-command", nonEmptyText)
    try table.finish()
    return Outgoing(
      host: host, port: port ?? (tls == .implicit ? 465 : 587), tls: tls, user: user, passwordCommand: passwordCommand)
  }
}

/// What two names of one folder have in common: case doesn't count, and `.Work.Sent` is the directory of `Work/Sent`.
private func roleKey(_ name: String) -> String {
  guard name.hasPrefix(".") else { return name.lowercased() }
  return String(name.dropFirst().map { $0 == "." ? "/" : $0 }).lowercased()
}

private func mailAddress(_ value: TOMLValue) -> Converted<String> {
  guard let text = value.string else { return .wrong("must be a string, not \(value.kind)") }
  let parts = text.split(separator: "@", omittingEmptySubsequences: false)
  guard parts.count >= 2, !parts.contains("") else { return .wrong("must be an address such as you@example.org") }
  return .value(text)
}

private func whenFull(_ value: TOMLValue) -> Converted<Configuration.Quota.WhenFull> {
  value.string.flatMap { Configuration.Quota.WhenFull(rawValue: $0) }.map { .value($0) }
    ?? .wrong("must be \"defer\" or \"reject\"")
}

private func security(_ value: TOMLValue) -> Converted<Configuration.Outgoing.Security> {
  value.string.flatMap { Configuration.Outgoing.Security(rawValue: $0) }.map { .value($0) }
    ?? .wrong("must be \"implicit\", \"starttls\" or \"none\"")
}
