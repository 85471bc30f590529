extension Configuration {
  func readIdentity(_ table: TableReader) -> Identity? {
    var table = table
    let address = table.required("address", mailAddress)
    var identity = Identity(address: address ?? "")
    table.read("name", into: &identity.name, line)
    table.read("aliases", into: &identity.aliases, mailAddresses)
    table.read("reply-to", into: &identity.replyTo, mailAddresses)
    table.read("organization", into: &identity.organization, line)
    table.read("bcc", into: &identity.bcc, mailAddresses)
    identity.signature = readSignature(&table)
    table.read("sent", into: &identity.sent, text)
    table.read("outgoing", into: &identity.outgoing, nonEmptyText)
    table.read("signing-key", into: &identity.signingKey, nonEmptyText)
    table.readFile("card", into: &identity.card)
    table.read("receipt", into: &identity.receipt, word)
    table.finish()
    return address == nil ? nil : identity
  }

  /// `signature = "text"`, or a table of its own.
  private func readSignature(_ table: inout TableReader) -> Signature? {
    if let text = table.table["signature"]?.string {
      _ = table.optional("signature", nonEmptyText)
      return text.isEmpty ? nil : Signature(text: text)
    }
    guard table.table["signature"] != nil else { return nil }
    guard table.table["signature"]?.table != nil else {
      let _: String? = table.optional("signature") { .wrong("must be a string or a table, not \($0.kind)") }
      return nil
    }
    var inner = table.reader("signature")
    var signature = Signature()
    inner.read("text", into: &signature.text, nonEmptyText)
    inner.readFile("text-file", into: &signature.textFile)
    inner.read("html", into: &signature.html, nonEmptyText)
    inner.readFile("html-file", into: &signature.htmlFile)
    inner.read("position", into: &signature.position, word)
    inner.excludes("text", "text-file")
    inner.excludes("html", "html-file")
    if !inner.hasAny("text", "text-file", "html", "html-file") {
      inner.missing("text", "is missing; text-file, html or html-file would do")
    }
    inner.finish()
    return signature
  }

  func readFooter(_ table: TableReader) -> Footer? {
    var table = table
    let domains = table.required("domain", domainNames)
    var footer = Footer(domains: domains ?? [])
    table.read("text", into: &footer.text, nonEmptyText)
    table.readFile("text-file", into: &footer.textFile)
    table.read("html", into: &footer.html, nonEmptyText)
    table.readFile("html-file", into: &footer.htmlFile)
    table.excludes("text", "text-file")
    table.excludes("html", "html-file")
    if !table.hasAny("text", "text-file") { table.missing("text", "is missing; text-file would do") }
    table.finish()
    return domains == nil ? nil : footer
  }
}

extension TableReader {
  /// Complains if both keys are given.
  func excludes(_ key: String, _ other: String) {
    guard table[key] != nil, table[other] != nil else { return }
    complain(other, "can't be given together with \(key)")
  }

  /// One of the keys is given.
  func hasAny(_ keys: String...) -> Bool { keys.contains { table[$0] != nil } }

  /// Complains about each of the keys that is given: `reason`.
  func refuse(_ keys: [String], _ reason: String) {
    for key in keys where table[key] != nil { complain(key, reason) }
  }
}
