internal import MailBytes
internal import MailConfiguration
public import MailMIME

/// Gives the recipients that `list:NAME` or `group:NAME` stands for.
public typealias Expansion = (_ kind: String, _ name: String) throws(SendError) -> [Address]

/// Makes the header of a message fit for its way: what is missing is added, what must not leave is taken out, and who gets it
/// is read. RFC 5322, section 3.6; RFC 6409, section 8.
struct HeadEditor {
  let origin: Origin
  let request: SendRequest
  let expand: Expansion

  /// An editor for one message of `request`.
  init(_ request: SendRequest, origin: Origin, expand: @escaping Expansion = expandNothing) {
    self.request = request
    self.origin = origin
    self.expand = expand
  }

  /// Edits the header at the start of `head`; `body` is the beginning of what follows it.
  func edit(_ head: [UInt8], body: ArraySlice<UInt8> = []) throws(SendError) -> EditedHead {
    let block = HeaderBlock(head)
    // A field name behind which there is nothing but text is no header: `Note: this` as the only line is.
    let message = Message(parsingHeaderOf: Array(block.bytes[block.mboxLine.upperBound..<block.end]))
    var draft = HeadDraft(block, message.headers)
    draft.newline = block.usesCRLF ? [13, 10] : [10]
    let isResent =
      draft.has("Resent-From") || draft.has("Resent-To") || draft.has("Resent-Cc") || draft.has("Resent-Bcc")
    let prefix = isResent ? "Resent-" : ""

    var result = EditedHead()
    result.identity = identity(draft, prefix)
    try addRecipients(&draft, &result, prefix)
    takeOwnFields(&draft, &result)
    setOrigin(&draft, &result, prefix)
    setDate(&draft, prefix)
    setMessageID(&draft, &result, prefix)
    if !isResent, !draft.has("MIME-Version") { describe(body, &draft) }
    result.sender = try sender(draft, result, prefix)
    for name in ["Return-Path", "Content-Length", "Lines"] { draft.remove(name) }
    draft.hide("Bcc")
    draft.hide("Resent-Bcc")
    result.subject = clean(message.headers.text("Subject") ?? "")
    (result.bytes, result.omitted) = draft.finished(blank: true)
    return result
  }

  // MARK: Who

  /// The identity that the message says, or whose address it bears; the first where it says nothing.
  private func identity(_ draft: HeadDraft, _ prefix: String) -> Configuration.Identity? {
    if let named = draft.headers.text(PostbagField.identity), let found = origin.identity(for: named) { return found }
    for field in ["\(prefix)From", "\(prefix)Sender"] {
      for address in draft.headers.addresses(field) {
        if let found = origin.identity(for: address.address) { return found }
      }
    }
    if let sender = request.sender, let found = origin.identity(for: sender) { return found }
    return origin.identities.first
  }

  /// From, and Sender where somebody else than the author sends. RFC 5322, section 3.6.2.
  private func setOrigin(_ draft: inout HeadDraft, _ result: inout EditedHead, _ prefix: String) {
    let own = result.identity?.address ?? request.sender.flatMap { $0.isEmpty ? nil : origin.qualified($0) }
    let from = draft.headers.addresses("\(prefix)From")
    let name = request.fullName ?? result.identity?.name ?? (origin.fullName.isEmpty ? nil : origin.fullName)
    if from.contains(where: { !$0.address.isEmpty }) {
      qualify("\(prefix)From", &draft)
    } else {
      // A From of a name alone, as in "From: (Cron Daemon)", keeps it.
      let author = Address(name: from.first?.name ?? name, address: own ?? origin.qualified(origin.user))
      draft.replace(
        "\(prefix)From", with: FieldText.addresses("\(prefix)From", [.mailbox(author)], newline: draft.newline))
    }
    let authors = draft.written("\(prefix)From") ?? from
    result.author = authors.first?.address ?? ""
    guard let identity = result.identity else { return }
    let isOurs = authors.contains { origin.identity(for: $0.address) != nil }
    let senders = draft.headers.addresses("\(prefix)Sender")
    if let given = senders.first, origin.identity(for: given.address) != nil { return }
    if isOurs, authors.count == 1 {
      // Nobody else sends it, whatever the field says.
      draft.remove("\(prefix)Sender")
      return
    }
    if !isOurs {
      result.notices.append(
        "\(clean(result.author)) is none of your identities; \(identity.address) is named as the sender")
    }
    let sender = Address(name: identity.name, address: identity.address)
    draft.replace(
      "\(prefix)Sender", with: FieldText.addresses("\(prefix)Sender", [.mailbox(sender)], newline: draft.newline))
  }

  private func sender(_ draft: HeadDraft, _ result: EditedHead, _ prefix: String) throws(SendError) -> String {
    var address: String
    if let given = request.sender {
      address = given
      if address.hasPrefix("<"), address.hasSuffix(">") { address = String(address.dropFirst().dropLast()) }
      if address.isEmpty { return "" }
      // A name may stand around it, as some programs give it.
      let isOneLine = !address.utf8.contains { $0 < 0x20 }
      if isOneLine, let first = parseAddressList(address).first?.addresses.first?.address, !first.isEmpty {
        address = first
      }
      address = origin.qualified(address)
    } else if origin.identity(for: result.author) != nil || origin.identities.isEmpty {
      address = result.author
    } else {
      address = result.identity?.address ?? result.author
    }
    if let problem = addressProblem(address) { throw .badAddress(clean(address), reason: problem) }
    return address
  }

  // MARK: What is ours

  private func takeOwnFields(_ draft: inout HeadDraft, _ result: inout EditedHead) {
    func identifiers(_ name: String) -> [String] { draft.headers.messageIDs(name) }
    result.replied = identifiers(PostbagField.replied)
    result.forwarded = identifiers(PostbagField.forwarded)
    result.draft = draft.headers.text(PostbagField.draft)
    draft.removeAll { PostbagField.isOwn($0) }
  }

  // MARK: When, and which

  private func setDate(_ draft: inout HeadDraft, _ prefix: String) {
    let name = "\(prefix)Date"
    // Who orders a message for tomorrow wants it dated so, whenever it was written.
    if request.isScheduled, let time = request.notBefore {
      draft.replace(name, with: FieldText.words(name, origin.date(time), newline: draft.newline))
    } else if !draft.has(name) {
      draft.add(FieldText.words(name, origin.date(origin.now), newline: draft.newline), onTop: !prefix.isEmpty)
    }
  }

  private func setMessageID(_ draft: inout HeadDraft, _ result: inout EditedHead, _ prefix: String) {
    let name = "\(prefix)Message-ID"
    if let known = draft.headers.messageIDs(name).first {
      result.messageID = known
      return
    }
    let domain = Punycode.asciiDomain(String(Address(address: result.author).domain))
    let time = String(origin.now, radix: 36)
    let chance = String(UInt64.random(in: .min ... .max), radix: 36)
    result.messageID = "\(time).\(chance)@\(domain.isEmpty ? origin.host : domain)"
    draft.remove(name)
    draft.add(Array("\(name): <\(result.messageID)>".utf8) + draft.newline, onTop: !prefix.isEmpty)
  }

  /// Octets above ASCII mean something only when somebody says what. RFC 2045, section 4.
  private func describe(_ body: ArraySlice<UInt8>, _ draft: inout HeadDraft) {
    guard !draft.has("Content-Type"), !isASCII(body.span) else { return }
    // The last character may be cut.
    let whole = body.lastIndex { $0 < 0x80 }.map { body[...$0] } ?? body
    let charset = isValidUTF8(whole.span) ? "utf-8" : "windows-1252"
    let encoding = draft.has("Content-Transfer-Encoding") ? "" : "Content-Transfer-Encoding: 8bit\n"
    let fields = "MIME-Version: 1.0\nContent-Type: text/plain; charset=\(charset)\n\(encoding)"
    for line in fields.utf8.split(separator: 10) { draft.add(Array(line) + draft.newline) }
  }
}

/// Knows no list and no group.
func expandNothing(_ kind: String, _ name: String) throws(SendError) -> [Address] {
  throw .badAddress("\(kind):\(name)", reason: "no such \(kind)")
}
