extension Configuration {
  func readOutgoing(_ table: TableReader, isOnlyOne: Bool) -> Outgoing {
    var table = table
    var outgoing = Outgoing()
    if isOnlyOne {
      table.read("name", into: &outgoing.name, nonEmptyText)
    } else if let name = table.required("name", nonEmptyText) {
      outgoing.name = name
    }
    // A command says by itself what kind it is.
    if table.table["command"] != nil { outgoing.kind = .command }
    table.read("kind", into: &outgoing.kind, word)
    switch outgoing.kind {
    case .command: readCommand(&table, into: &outgoing)
    case .smtp, .lmtp: readServer(&table, into: &outgoing)
    }
    table.read("max-recipients", into: &outgoing.limits.recipients, in: 1...100_000)
    table.read("rate", into: &outgoing.limits.rate, rate)
    table.read("size-limit", into: &outgoing.limits.size, byteCount)
    if let seconds = table.optional("timeout", seconds(in: 1...3_600)) { outgoing.limits.replyTimeout = seconds }
    table.finish()
    return outgoing
  }

  private func readCommand(_ table: inout TableReader, into outgoing: inout Outgoing) {
    outgoing.command = table.required("command", nonEmptyText)
    outgoing.tls = .none
    outgoing.port = 0
    for key in serverKeys {
      let _: Bool? = table.optional(key) { _ in .wrong("is for servers, not for kind = \"command\"") }
    }
  }

  private func readServer(_ table: inout TableReader, into outgoing: inout Outgoing) {
    let _: Bool? = table.optional("command") { _ in .wrong("is for kind = \"command\" alone") }
    let isLMTP = outgoing.kind == .lmtp
    if isLMTP { outgoing.tls = .none }
    table.readPath("socket", into: &outgoing.socket)
    if outgoing.socket == nil, table.table["socket"] == nil {
      outgoing.host = table.required("host", hostName) ?? ""
    } else {
      table.refuse(["host", "port", "tls", "proxy"], "can't be given together with socket")
      let _: Bool? = table.optional("host") { _ in .value(true) }
      outgoing.tls = .none
    }
    table.read("tls", into: &outgoing.tls, word)
    outgoing.port = isLMTP ? 24 : outgoing.tls == .implicit ? 465 : 587
    table.read("port", into: &outgoing.port, in: 1...65_535)
    if outgoing.socket != nil { outgoing.port = 0 }
    table.read("proxy", into: &outgoing.proxy, proxy)
    table.read("helo", into: &outgoing.heloName, hostName)
    if let seconds = table.optional("connect-timeout", seconds(in: 1...600)) {
      outgoing.limits.connectTimeout = seconds
    }
    table.read("max-messages", into: &outgoing.limits.messages, in: 1...100_000)
    table.read("dsn-notify", into: &outgoing.notification.notify, notify)
    table.read("dsn-return", into: &outgoing.notification.return, word)
    readLogin(&table, into: &outgoing.login)
    readTrust(&table, into: &outgoing.trust)
  }

  private func readLogin(_ table: inout TableReader, into login: inout Outgoing.Login) {
    table.read("user", into: &login.user, line)
    table.read("password-command", into: &login.passwordCommand, nonEmptyText)
    table.readFile("password-file", into: &login.passwordFile, isSecret: true)
    table.read("token-command", into: &login.tokenCommand, nonEmptyText)
    table.read("authentication", into: &login.mechanisms, mechanisms)
    table.read("clear-text-login", into: &login.allowsClearText, truth)
    table.excludes("password-command", "password-file")
    let secrets = ["password-command", "password-file", "token-command"]
    if table.table["user"] == nil { table.refuse(secrets, "needs a user") }
    for key in ["password", "pass", "token"] {
      let _: Bool? = table.optional(key) { _ in
        .wrong("doesn't stand in the configuration; use password-command or password-file")
      }
    }
    let tokenMechanisms: Set = ["XOAUTH2", "OAUTHBEARER"]
    if table.table["token-command"] == nil, let wanted = login.mechanisms.first(where: tokenMechanisms.contains) {
      table.complain("authentication", "\(wanted) needs a token-command")
    }
  }

  private func readTrust(_ table: inout TableReader, into trust: inout Outgoing.Trust) {
    table.readFile("ca-file", into: &trust.caFile)
    table.read("fingerprint", into: &trust.fingerprints, fingerprints)
    table.readFile("certificate", into: &trust.certificate)
    table.readFile("certificate-key", into: &trust.certificateKey)
    if table.table["certificate"] == nil { table.refuse(["certificate-key"], "needs a certificate") }
    if table.table["tls"]?.string == "none" {
      table.refuse(["ca-file", "fingerprint", "certificate"], "can't be given together with tls = \"none\"")
    }
  }
}

/// The keys that only a server has.
private let serverKeys = [
  "host", "port", "socket", "tls", "user", "password-command", "password-file", "token-command", "authentication",
  "clear-text-login", "ca-file", "fingerprint", "certificate", "certificate-key", "proxy", "helo", "connect-timeout",
  "max-messages", "dsn-notify", "dsn-return",
]
