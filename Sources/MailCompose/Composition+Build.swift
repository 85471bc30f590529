internal import MailBytes
internal import MailConfiguration
internal import MailHTML
public import MailMIME
internal import MailMarkdown
internal import MailMedia
internal import MailSystem

/// What is needed to make a composition into a message.
public struct BuildContext {
  /// Who is who.
  public var identities: Identities
  /// When the message is written.
  public var date: MailDate
  /// The members of a list or group of contacts; throws `ComposeError.unknownList` or an error of its own.
  public var members: (ContactList) throws -> [Address] = { throw ComposeError.unknownList(field: "To", name: $0.name) }
  /// Tells the writer what is odd but no mistake.
  public var warn: (String) -> Void = { _ in }
  /// The signature that the writer's text ends with, to be put into HTML; nil for none.
  public var signature: SignatureBlock?
  /// Where relative paths of attachments and images begin.
  public var directory = "."
  /// The files that were read already.
  public var files = AttachedFiles()

  public init(identities: Identities, date: MailDate) {
    self.identities = identities
    self.date = date
  }
}

extension Composition {
  /// The message in octets, ready for mail-send: with Bcc, Date, Message-ID and the fields by which our commands tell each
  /// other about it.
  ///
  /// `draft` is the key of the draft that goes when the message was sent. Lists that stand in To, Cc and Bcc are replaced by
  /// their members.
  public func built(_ context: BuildContext, draft: String? = nil) throws -> [UInt8] {
    var builder = MessageBuilder(body: try body(context))
    let from = try addressItems(addresses.from, field: "From").flatMap { item in
      if case .entry(let entry) = item { entry.addresses } else { [Address]() }
    }
    let choice = from.first.flatMap { context.identities.choice(for: $0.address) } ?? context.identities.standard
    builder.add("Date", date: context.date)
    if !from.isEmpty { builder.add("From", addresses: from) }
    // RFC 5322, section 3.6.2: who sends is named where several have written.
    if from.count > 1 {
      builder.add("Sender", addresses: [from.first { context.identities.isOwn($0.address) } ?? from[0]])
    }
    var replyTo = try expanded(addresses.replyTo, "Reply-To", context)
    if replyTo.isEmpty { replyTo = try choice.identity.replyTo.flatMap { try expanded($0, "Reply-To", context) } }
    if !replyTo.isEmpty { builder.add("Reply-To", addressList: replyTo) }
    try addRecipients(to: &builder, choice, context)
    if !subject.isEmpty { builder.add("Subject", text: subject) }
    builder.add("Message-ID", messageIDs: [thread.messageID ?? newMessageID(for: from.first?.address)])
    if !thread.inReplyTo.isEmpty { builder.add("In-Reply-To", messageIDs: thread.inReplyTo) }
    if !thread.references.isEmpty { builder.add("References", messageIDs: thread.references) }
    if let organization = choice.identity.organization,
      !fields.contains(where: { $0.name.lowercased() == "organization" })
    {
      builder.add("Organization", text: organization)
    }
    addWishes(to: &builder, from)
    for field in fields { builder.add(field.name, text: field.value) }
    for identifier in thread.replied { builder.add(PostbagField.replied, messageIDs: [identifier]) }
    for identifier in thread.forwarded { builder.add(PostbagField.forwarded, messageIDs: [identifier]) }
    if let draft { builder.add(PostbagField.draft, value: draft) }
    builder.add(PostbagField.identity, value: choice.identity.address)
    if wishes.isUnsigned { builder.add(PostbagField.signature, value: "none") }
    return builder.build()
  }

  private func addRecipients(
    to builder: inout MessageBuilder, _ choice: Identities.Choice, _ context: BuildContext
  ) throws {
    let to = try expanded(addresses.to, "To", context)
    let cc = try expanded(addresses.cc, "Cc", context)
    var bcc = try expanded(addresses.bcc, "Bcc", context)
    let known = Set((to + cc + bcc).flatMap(\.addresses).map { addressKey($0.address) })
    for text in choice.identity.bcc {
      bcc += try expanded(text, "Bcc", context).filter { entry in
        !entry.addresses.allSatisfy { known.contains(addressKey($0.address)) }
      }
    }
    if !to.isEmpty {
      builder.add("To", addressList: to)
    } else if cc.isEmpty, !bcc.isEmpty {
      builder.add("To", addressList: [.group(name: "undisclosed-recipients", members: [])])
    }
    if !cc.isEmpty { builder.add("Cc", addressList: cc) }
    if !bcc.isEmpty { builder.add("Bcc", addressList: bcc) }
  }

  /// The mailboxes and groups of a field, with the members in the place of lists.
  private func expanded(_ text: String, _ field: String, _ context: BuildContext) throws -> [AddressListEntry] {
    var result: [AddressListEntry] = []
    for item in try addressItems(text, field: field) {
      switch item {
      case .entry(let entry): result.append(entry)
      case .contacts(let list):
        let members: [Address]
        do {
          members = try context.members(list)
        } catch ComposeError.unknownList {
          throw ComposeError.unknownList(field: field, name: "\(list.kind.rawValue) '\(list.name)'")
        }
        if members.isEmpty { context.warn("\(list.kind.rawValue):\(list.name) has no members") }
        if field != "Bcc", members.count > 1 {
          context.warn("\(field): the \(members.count) members of \(list.kind.rawValue):\(list.name) see each other")
        }
        result += members.map { .mailbox($0) }
      }
    }
    return result
  }

  private func addWishes(to builder: inout MessageBuilder, _ from: [Address]) {
    switch wishes.priority {
    case .high:
      builder.add("X-Priority", value: "1 (Highest)")
      builder.add("Importance", value: "high")
    case .low:
      builder.add("X-Priority", value: "5 (Lowest)")
      builder.add("Importance", value: "low")
    case .normal: break
    }
    if wishes.requestsReceipt, let first = from.first {
      builder.add("Disposition-Notification-To", addresses: [first])
    }
  }
}

/// An identifier that no other message has, in the domain of who writes: it tells nothing of the machine.
public func newMessageID(for address: String?) -> String {
  var generator = SystemRandomNumberGenerator()
  let left =
    String(UInt64(now() / 1_000_000), radix: 36) + "." + String(generator.next() as UInt64, radix: 36)
    + String(generator.next() as UInt64, radix: 36)
  let domain = address.map { Punycode.asciiDomain(String(Address(address: $0).domain).lowercased()) } ?? ""
  let identifier = "\(left)@\(domain)"
  return isIdentifier(identifier) && !domain.isEmpty ? identifier : "\(left)@localhost"
}
