extension Configuration {
  mutating func readSend(_ table: TableReader) {
    var table = table
    table.read("queue", into: &send.queue, word)
    table.read("queued-exit", into: &send.queuedExit, queuedExit)
    table.read("delay", into: &send.delay, seconds(in: 0...86_400))
    table.read("retry-after", into: &send.retryAfter, waits)
    table.read("warn-after", into: &send.warnAfter, seconds(in: 0...31_536_000))
    table.read("give-up-after", into: &send.giveUpAfter, seconds(in: 60...31_536_000))
    table.read("size-limit", into: &send.sizeLimit, byteCount)
    table.read("max-recipients", into: &send.maxRecipients, in: 0...1_000_000)
    table.read("rate", into: &send.rate, rate)
    table.finish()
  }

  mutating func readCompose(_ table: TableReader) {
    var table = table
    table.read("editor", into: &compose.editor, nonEmptyText)
    table.read("format", into: &compose.format, word)
    table.read("forward", into: &compose.forward, word)
    table.read("quote", into: &compose.quote, word)
    table.read("attribution", into: &compose.attribution, text)
    table.read("attachment-words", into: &compose.attachmentWords, texts)
    table.read("autosave", into: &compose.autosave, seconds(in: 1...10))
    table.read("request-receipt", into: &compose.requestsReceipt, truth)
    table.finish()
  }

  mutating func readContacts(_ table: TableReader) {
    var table = table
    table.read("harvest", into: &contacts.harvests, truth)
    table.read("max-lists", into: &contacts.maxLists, in: 0...100_000)
    table.read("max-members", into: &contacts.maxMembers, in: 1...1_000_000)
    var names: Set<String> = []
    for var inner in table.readers("group") {
      let name = inner.required("name", line)
      var group = Contacts.Group(name: name ?? "")
      inner.readPath("path", into: &group.path)
      inner.read("members", into: &group.members, groupMembers)
      inner.read("editors", into: &group.editors, texts)
      if let name, name.utf8.contains(UInt8(ascii: "/")) || name.lowercased() == "private" {
        inner.complain("name", "\"\(name)\" can't be the name of a group")
      }
      if let name, !names.insert(name.lowercased()).inserted {
        inner.complain("name", "there is another [[contacts.group]] \"\(name)\"")
      }
      inner.finish()
      if name != nil { contacts.groups.append(group) }
    }
    table.finish()
  }

  mutating func readGateways(_ table: TableReader) {
    var table = table
    smsGateway = readGateway("sms", &table)
    faxGateway = readGateway("fax", &table)
    table.finish()
  }

  private func readGateway(_ kind: String, _ table: inout TableReader) -> Gateway? {
    let isGiven = table.table[kind] != nil
    var inner = table.reader(kind)
    guard isGiven else { return nil }
    var gateway = Gateway()
    inner.read("command", into: &gateway.command, nonEmptyText)
    inner.read("address", into: &gateway.address, numberAddress)
    inner.read("from", into: &gateway.from, line)
    inner.read("country", into: &gateway.country, callingCode)
    inner.read("allow", into: &gateway.allow, prefixes)
    inner.read("deny", into: &gateway.deny, prefixes)
    if kind == "sms" { inner.read("max-parts", into: &gateway.maxParts, in: 1...255) }
    if kind == "fax" { inner.read("converter", into: &gateway.converter, nonEmptyText) }
    inner.read("timeout", into: &gateway.timeout, seconds(in: 1...3_600))
    inner.excludes("command", "address")
    if !inner.hasAny("command", "address") { inner.missing("command", "is missing; address would do") }
    inner.finish()
    return gateway
  }

  func readOAuth(_ table: TableReader) -> OAuth? {
    var table = table
    let name = table.required("name", storeName)
    var oauth = OAuth(name: name ?? "")
    oauth.clientID = table.required("client-id", nonEmptyText) ?? ""
    table.read("client-secret", into: &oauth.clientSecret, nonEmptyText)
    table.read("client-secret-command", into: &oauth.clientSecretCommand, nonEmptyText)
    table.excludes("client-secret", "client-secret-command")
    oauth.tokenEndpoint = table.required("token-endpoint", secureURL) ?? ""
    table.read("authorization-endpoint", into: &oauth.authorizationEndpoint, secureURL)
    table.read("device-endpoint", into: &oauth.deviceEndpoint, secureURL)
    if !table.hasAny("authorization-endpoint", "device-endpoint") {
      table.missing("authorization-endpoint", "is missing; device-endpoint would do")
    }
    table.read("scope", into: &oauth.scope, line)
    table.read("redirect-port", into: &oauth.redirectPort, in: 0...65_535)
    table.readFile("ca-file", into: &oauth.caFile)
    table.finish()
    return name == nil ? nil : oauth
  }
}
