internal import MailBytes
public import MailMIME
public import MailStore

/// The templates called `name`: messages of the folder Templates with that subject; case and spaces at the ends don't
/// count. Failing those, templates whose subject begins so.
public func templates(named name: String, in store: Store) throws -> [MessageRow] {
  let folder = try store.folder(named: FolderRole.templates.standardName)
  guard folder.id != 0 else { return [] }
  var request = ListRequest()
  request.folders = [folder]
  let wanted = trimmed(name).lowercased()
  var exact: [MessageRow] = []
  var similar: [MessageRow] = []
  try store.list(request) { row in
    let subject = trimmed(row.subject).lowercased()
    if subject == wanted { exact.append(row) } else if subject.hasPrefix(wanted) { similar.append(row) }
  }
  return exact.isEmpty ? similar : exact
}

extension Composition {
  /// A new message that begins as the template `message` says. What a stranger wrote is made harmless.
  public init(template message: Message, identities: Identities) {
    self.init(draft: message)
    // A template is used many times; each message is one of its own, and answers nothing that the template answered.
    thread = Thread()
    if !isOwn(message, identities) { disarm() }
  }

  /// The message `message` of any kind as a template: what it says and what goes along, and whom it is for if the user
  /// wrote it.
  public init(makingTemplateOf message: Message, identities: Identities) {
    self.init(draft: message)
    thread = Thread()
    // What other programs have noted on the way is no part of it.
    fields = []
    if !isOwn(message, identities) {
      disarm()
      addresses = Addresses()
      wishes.requestsReceipt = false
    }
  }

  private func isOwn(_ message: Message, _ identities: Identities) -> Bool {
    message.headers.addresses("From").contains { identities.isOwn($0.address) }
  }

  /// INVARIANT: a message from elsewhere must not name files of the user's that would go along: neither as attachments nor
  /// as images of its text.
  private mutating func disarm() {
    attachments.removeAll { if case .file = $0 { true } else { false } }
    switch format {
    case .flowed: break
    case .markdown: text = withoutImages(text)
    case .html: text = harmlessHTML(text)
    }
  }

  /// Adds what a template says to an answer: whom else it goes to, its subject if there is none, what goes along.
  public mutating func take(template: Composition) {
    join(\.cc, template.addresses.cc)
    join(\.bcc, template.addresses.bcc)
    if subject.isEmpty { subject = template.subject }
    attachments += template.attachments
    fields += template.fields
    if template.wishes.priority != .normal { wishes.priority = template.wishes.priority }
    wishes.requestsReceipt = wishes.requestsReceipt || template.wishes.requestsReceipt
  }
}
