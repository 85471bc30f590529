internal import MailSystem

extension Configuration {
  /// Reads a document; `file` names it in errors, and paths in it are relative to it. The first mistake is thrown: an
  /// unknown key, a wrong type, a value that can't be.
  public init(parsing source: [UInt8], file: String, home: String? = nil) throws(ConfigurationError) {
    let (configuration, problems) = Configuration.reading(source, file: file, home: home)
    if let first = problems.first { throw first }
    self = configuration
  }

  /// What a document says as far as it can be understood, and all that is wrong with it, in the order of its lines.
  public static func reading(
    _ source: [UInt8], file: String, home: String? = nil, isSystem: Bool = false
  ) -> (Configuration, [ConfigurationError]) {
    let (configuration, reading) = understanding(source, file: file, home: home, isSystem: isSystem)
    return (configuration, reading.sortedProblems)
  }

  /// All that is wrong with a document, the files that it refers to included: those that can't be read, and passwords that
  /// others may read. In the order of its lines.
  public static func mistakes(
    in source: [UInt8], file: String, home: String? = nil, isSystem: Bool = false
  ) -> [ConfigurationError] {
    let (_, reading) = understanding(source, file: file, home: home, isSystem: isSystem)
    for file in reading.files {
      if let problem = problem(withFile: file.path, isSecret: file.isSecret) {
        reading.complain(file.line, file.key, problem)
      }
    }
    return reading.sortedProblems
  }

  private static func problem(withFile path: String, isSecret: Bool) -> String? {
    do throws(SecretError) {
      if isSecret { _ = try secret(inFile: path) } else { try checkReadable(path) }
      return nil
    } catch { return error.description }
  }

  private static func understanding(
    _ source: [UInt8], file: String, home: String?, isSystem: Bool
  ) -> (Configuration, Reading) {
    let reading = Reading(file: file, home: home)
    let (document, errors) = parseTOMLTolerantly(source)
    for error in errors { reading.complain(error.line, nil, error.problem) }
    var configuration = Configuration()
    configuration.read(TableReader(document, reading: reading), isSystem: isSystem)
    return (configuration, reading)
  }

  private mutating func read(_ reader: TableReader, isSystem: Bool) {
    var reader = reader
    reader.read("store", into: &store, nonEmptyText)
    readDelivery(reader.reader("delivery"))
    readFolders(reader.reader("folders"))
    identities = reader.readers("identity").compactMap(readIdentity)
    var list = reader.reader("list")
    list.read("threads-by-subject", into: &self.list.joinsThreadsBySubject, truth)
    list.finish()
    var quota = reader.reader("quota")
    quota.read("limit", into: &self.quota.limit, byteCount)
    quota.read("messages", into: &self.quota.messages, number(in: 1...Int64.max))
    quota.read("when-full", into: &self.quota.whenFull, word)
    quota.finish()
    var expire = reader.reader("expire")
    for entry in expire.table.entries {
      if let lifetime = expire.required(entry.key, lifetime) {
        expiry.append(ExpiryRule(folder: entry.key, lifetime: lifetime.seconds))
      }
    }
    let servers = reader.readers("outgoing", orOne: true)
    outgoing = servers.map { readOutgoing($0, isOnlyOne: servers.count == 1) }
    readSend(reader.reader("send"))
    readCompose(reader.reader("compose"))
    readContacts(reader.reader("contacts"))
    readGateways(reader.reader("gateway"))
    var receipt = reader.reader("receipt")
    receipt.read("policy", into: &self.receipt.policy, word)
    receipt.finish()
    oauth = reader.readers("oauth").compactMap(readOAuth)
    let footers = reader.readers("footer")
    if isSystem {
      self.footers = footers.compactMap(readFooter)
    } else if !footers.isEmpty {
      reader.complain("footer", "is for the administrator's configuration, \(Configuration.systemPath)")
    }
    reader.finish()
    checkNames(reader)
  }

  private mutating func readDelivery(_ table: TableReader) {
    var table = table
    table.read("size-limit", into: &delivery.sizeLimit, byteCount)
    table.read("suppress-duplicates", into: &delivery.suppressesDuplicates, truth)
    table.read("duplicate-days", into: &delivery.duplicateDays, in: 1...3650)
    table.read("recipient-delimiter", into: &delivery.recipientDelimiter, text)
    table.read("detail-folders", into: &delivery.filesByDetail, truth)
    table.read("create-folders", into: &delivery.createsFolders, truth)
    table.finish()
  }

  private mutating func readFolders(_ table: TableReader) {
    var table = table
    var owners: [String: String] = [:]
    let roles: [(String, WritableKeyPath<Folders, [String]>)] = [
      ("sent", \.sent), ("drafts", \.drafts), ("templates", \.templates), ("trash", \.trash), ("junk", \.junk),
    ]
    // Roles that the file is silent about have their names first: an error is told of a line that there is.
    for (key, path) in roles where table.table[key] == nil { owners[roleKey(folders[keyPath: path][0])] = key }
    for (key, path) in roles {
      guard let names = table.optional(key, folderNames) else { continue }
      for name in names {
        if let owner = owners[roleKey(name)], owner != key {
          table.complain(key, "\"\(name)\" has the role \(owner) already")
        }
        owners[roleKey(name)] = key
      }
      folders[keyPath: path] = names
    }
    table.finish()
  }

  /// What refers to something else of the file, and what must be there once only.
  private func checkNames(_ reader: TableReader) {
    for table in reader.table.tables("identity") {
      guard let name = table["outgoing"]?.string, outgoing(named: name) == nil else { continue }
      reader.reading.complain(
        table.line(of: "outgoing") ?? table.line, "identity.outgoing", "no [[outgoing]] has the name \"\(name)\"")
    }
    for key in ["outgoing", "oauth"] {
      var seen: Set<String> = []
      for table in reader.table.tables(key) {
        guard let name = table["name"]?.string, !seen.insert(name).inserted else { continue }
        reader.reading.complain(
          table.line(of: "name") ?? table.line, "\(key).name", "there is another [[\(key)]] \"\(name)\"")
      }
    }
  }
}

extension TOMLTable {
  /// The tables of `key`, be it one or an array.
  fileprivate func tables(_ key: String) -> [TOMLTable] {
    self[key]?.table.map { [$0] } ?? self[key]?.array?.compactMap(\.table) ?? []
  }
}

/// What two names of one folder have in common: case doesn't count, and `.Work.Sent` is the directory of `Work/Sent`.
private func roleKey(_ name: String) -> String {
  guard name.hasPrefix(".") else { return name.lowercased() }
  return String(name.dropFirst().map { $0 == "." ? "/" : $0 }).lowercased()
}
