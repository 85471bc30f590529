internal import MailBytes
internal import MailMIME

extension HeadEditor {
  /// Whom the command line names; with `readsRecipients`, or where it names nobody, those of the message too.
  func addRecipients(_ draft: inout HeadDraft, _ result: inout EditedHead, _ prefix: String) throws(SendError) {
    var list = RecipientList()
    var blind: [Address] = []
    for word in request.recipients {
      for recipient in commandLineWords(word) {
        switch recipient {
        case .mailbox(let address):
          let given = address.address.isEmpty ? address.name ?? "" : address.address
          list.add(try checkedRecipient(origin.qualified(given)))
        case .token(let kind, let name):
          for member in try expand(kind, name) {
            list.add(try checkedRecipient(member.address))
            blind.append(member)
          }
        }
      }
    }
    let reads = request.readsRecipients || request.recipients.isEmpty
    for name in ["To", "Cc", "Bcc"] {
      try addField("\(prefix)\(name)", isBlind: name == "Bcc", reads: reads, &draft, &list, &result)
    }
    if !prefix.isEmpty { for name in ["To", "Cc"] where draft.has(name) { qualify(name, &draft) } }
    guard !list.all.isEmpty else { throw .noRecipients }
    if blind.isEmpty, !["To", "Cc", "Bcc"].contains(where: { draft.has("\(prefix)\($0)") }) {
      // Else the copy in Sent would not say to whom it went.
      let entries = list.all.map { AddressListEntry.mailbox(Address(address: $0.address)) }
      draft.replace("\(prefix)Bcc", with: FieldText.addresses("\(prefix)Bcc", entries, newline: draft.newline))
    }
    if !blind.isEmpty { addBlind(blind, &draft, prefix) }
    result.recipients = list.all
  }

  /// Reads one field of recipients; what is to be expanded in it is replaced by what it stands for.
  private func addField(
    _ name: String, isBlind: Bool, reads: Bool, _ draft: inout HeadDraft, _ list: inout RecipientList,
    _ result: inout EditedHead
  ) throws(SendError) {
    guard draft.has(name) else { return }
    let texts = draft.headers.all(name).map { string(Array($0).filter { $0 != 10 && $0 != 13 }) }
    let words = texts.flatMap { recipientWords($0) }
    var expanded: [AddressListEntry] = []
    var hasTokens = false
    for word in words {
      switch word {
      case .mailbox(let address):
        expanded.append(.mailbox(Address(name: address.name, address: origin.qualified(address.address))))
      case .token(let kind, let token):
        let members = try expand(kind, token)
        hasTokens = true
        expanded += members.map { .mailbox($0) }
        if !isBlind {
          result.notices.append(
            "\(kind):\(clean(token)) stands in \(name): its \(members.count) members see each other")
        }
      }
    }
    if hasTokens {
      draft.replace(name, with: FieldText.addresses(name, expanded, newline: draft.newline))
    } else {
      qualify(name, &draft)
    }
    guard reads else { return }
    let mailboxes = hasTokens ? expanded.flatMap(\.addresses) : draft.headers.addresses(name)
    for mailbox in mailboxes {
      if mailbox.address.isEmpty {
        let given = clean(mailbox.name ?? "")
        if given.isEmpty { continue }
        // A word alone is a name of this host, as for sendmail; anything longer is a mistake.
        guard !given.utf8.contains(0x20) else { throw .badAddress(given, reason: "is no address (in \(name))") }
        list.add(try checkedRecipient(origin.qualified(given)))
      } else {
        list.add(try checkedRecipient(origin.qualified(mailbox.address)))
      }
    }
  }

  /// The members of a list that the command line names are for the copy in Sent; to the others the list stays unknown.
  private func addBlind(_ members: [Address], _ draft: inout HeadDraft, _ prefix: String) {
    let name = "\(prefix)Bcc"
    let before = draft.written(name) ?? draft.headers.addresses(name)
    let entries = (before + members).map { AddressListEntry.mailbox($0) }
    draft.replace(name, with: FieldText.addresses(name, entries, newline: draft.newline))
    let isVisible = ["To", "Cc"].contains { draft.has("\(prefix)\($0)") }
    if !isVisible {
      draft.add(Array("\(prefix)To: undisclosed-recipients:;".utf8) + draft.newline, onTop: !prefix.isEmpty)
    }
  }

  /// Gives the addresses of `name` that have no domain one, if there are any.
  func qualify(_ name: String, _ draft: inout HeadDraft) {
    let entries = draft.headers.addressList(name)
    func isBare(_ address: Address) -> Bool {
      !address.address.isEmpty && !address.address.utf8.contains(0x40)
        || address.address.isEmpty && (address.name.map { !$0.isEmpty && !$0.utf8.contains(0x20) } ?? false)
    }
    guard entries.contains(where: { $0.addresses.contains(where: isBare) }) else { return }
    func whole(_ address: Address) -> Address {
      guard isBare(address) else { return address }
      let isNameOnly = address.address.isEmpty
      return Address(
        name: isNameOnly ? nil : address.name,
        address: origin.qualified(isNameOnly ? address.name ?? "" : address.address))
    }
    let qualified = entries.map { entry -> AddressListEntry in
      switch entry {
      case .mailbox(let address): .mailbox(whole(address))
      case .group(let name, let members): .group(name: name, members: members.map(whole))
      }
    }
    draft.replace(name, with: FieldText.addresses(name, qualified, newline: draft.newline))
  }
}
