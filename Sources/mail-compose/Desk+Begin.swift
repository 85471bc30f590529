import MailBytes
import MailCommand
import MailCompose
import MailConfiguration
import MailMIME
import MailStore
import MailSystem

extension Desk {
  /// Makes the composition that the command line asks for.
  func begin() throws {
    var options = StartOptions()
    let template = try command.origin.template.map { try self.template($0) }
    options.format = asked ?? template?.format ?? usual
    options.attribution = Attribution(configuration.compose.attribution)
    let quote = command.text.quote?.rawValue ?? configuration.compose.quote.rawValue
    options.quote = StartOptions.Quote(rawValue: quote) ?? .above
    let templateText = template?.text(as: options.format) ?? ""
    var isSigned = false
    var resumed: String?
    switch command.origin.kinds.first {
    case .reply(let scope):
      let original = try originals()
      guard original.count == 1 else { throw Failure.usage("one message can be answered at a time") }
      options.text = templateText + (try readText() ?? "")
      composition = try Composition(answering: original[0], scope, identities: identities, options)
    case .forward:
      let originals = try originals()
      options.text = templateText + (try readText() ?? "")
      let isSecret = originals.contains { $0.isEncrypted }
      if isSecret, command.origin.forwardAs != .attachment {
        MailCompose.warn("the message is encrypted: it is passed on as it is, as an attachment")
      }
      let isAttached =
        isSecret
        || command.origin.forwardAs.map { $0 == .attachment } ?? (configuration.compose.forward == .attachment)
      composition =
        isAttached
        ? Composition(attaching: originals, identities: identities, options)
        : Composition(forwarding: originals, identities: identities, options)
    case .resume:
      try resume()
      resumed = EditorPage(composition).text
      if let asked { composition.convert(to: asked) }
      isSigned = true
      if let text = try readText(), !text.isEmpty {
        composition.text = text
        isSigned = false
      }
    case nil where command.saveTemplate && !command.words.isEmpty && template == nil:
      let originals = try originals()
      guard originals.count == 1 else { throw Failure.usage("one message can become a template at a time") }
      composition = Composition(makingTemplateOf: originals[0], identities: identities)
      isSigned = true
    case nil:
      composition = template ?? Composition()
      composition.convert(to: options.format)
      try takeRecipients()
      composition.text += try readText() ?? ""
    }
    if let template, command.origin.kinds.first != nil { composition.take(template: template) }
    try takeOptions()
    if composition.thread.messageID == nil { composition.thread.messageID = newMessageID(for: sender.address) }
    if command.text.signature == "none" { composition.wishes.isUnsigned = true }
    if !isSigned, !command.saveTemplate { try sign() }
    // What an editor left behind is edited as it is, unless the command line changes it.
    if let resumed, let orphan, brokenPage == nil, case let page = EditorPage(composition).text, page != resumed {
      try orphan.rewrite(composition.draftMessage(context), page: page)
    }
  }

  private func sign() throws {
    if let block = try signatureBlock() {
      composition.sign(with: block, isAsked: command.text.signature != nil)
    }
    composition.removeSignaturePlace()
  }

  /// The format that an option names; nil for none.
  private var asked: Composition.Format? {
    if command.text.markdown { return .markdown }
    if command.text.html { return .html }
    return command.text.plain ? .flowed : nil
  }

  private var usual: Composition.Format {
    Composition.Format(rawValue: configuration.compose.format.rawValue) ?? .flowed
  }

  /// Arguments that name no messages are recipients and `mailto:` URLs. Lists are for Bcc where nothing else is said.
  private func takeRecipients() throws {
    for word in command.words {
      if word.lowercased().hasPrefix("mailto:") {
        let url = try MailtoURL(word)
        composition.take(url)
        for name in url.refused { MailCompose.warn("\(word): the field '\(name)' is not taken from a URL") }
      } else if word.lowercased().hasPrefix("list:") || word.lowercased().hasPrefix("group:") {
        composition.join(\.bcc, word)
      } else {
        composition.join(\.to, word)
      }
    }
  }

  private func takeOptions() throws {
    let fields = command.fields
    if let from = fields.from {
      composition.addresses.from = addressText([try identities.named(from).from])
    } else if composition.addresses.from.isEmpty {
      composition.addresses.from = addressText([identities.standard.from])
    }
    for (path, values) in [(\Composition.Addresses.to, fields.to), (\.cc, fields.cc), (\.bcc, fields.bcc)] {
      for value in values { composition.join(path, value) }
    }
    for name in fields.list { composition.join(\.bcc, "list:\"\(name)\"") }
    for name in fields.group { composition.join(\.bcc, "group:\"\(name)\"") }
    if let subject = fields.subject { try composition.take(field: "Subject", subject) }
    for field in fields.header {
      guard let colon = field.utf8.firstIndex(of: UInt8(ascii: ":")) else {
        throw Failure.usage("--header '\(field)': not of the form 'Name: value'")
      }
      try composition.take(field: String(field[..<colon]), String(field[field.utf8.index(after: colon)...]))
    }
    if let priority = fields.priority.flatMap({ Priority(word: $0) }) { composition.wishes.priority = priority }
    if fields.requestReceipt || configuration.compose.requestsReceipt && !command.origin.resume {
      composition.wishes.requestsReceipt = true
    }
    for path in command.text.attach { composition.attachments.append(.part(try files.part(path))) }
    if command.text.vcard { composition.attachments.append(.part(try card())) }
  }

  /// The visiting card of who writes: the file of the configuration, or what it says about the identity.
  private func card() throws -> BodyPart {
    if let path = sender.identity.card { return try files.part(path) }
    return visitingCard(of: sender)
  }

  // MARK: What is read

  /// The text that the user gives: a file, or standard input where that is no terminal. Nil where there is none to read.
  private func readText() throws -> String? {
    if let path = command.text.textFile { return decoded(try readFile(path, limit: 1 << 30), path) }
    if isTerminal(0) || command.words.contains("-") { return nil }
    return decoded(try readToEnd(0, path: "standard input"), "standard input")
  }

  private func decoded(_ bytes: [UInt8], _ name: String) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return withLineFeeds(text) }
    MailCompose.warn("\(name): not UTF-8; read as windows-1252")
    return withLineFeeds(decodeText(bytes.span, charset: "windows-1252"))
  }

  /// The messages that are answered or passed on.
  private func originals() throws -> [Message] {
    var references = command.words
    if references.isEmpty {
      guard isTerminal(0) else {
        throw Failure.usage("no message is named", hint: "On a terminal it is the one shown last.")
      }
      references = ["."]
    }
    var sources = MessageSources(command.storeOptions) {
      MailCompose.complain($0)
    } warn: {
      MailCompose.warn($0)
    }
    var messages: [Message] = []
    try sources.forEach(references) { messages.append(Message(parsing: $0.bytes)) }
    try sources.finish()
    return messages
  }

  private func template(_ name: String) throws -> Composition {
    let store = try openStore()
    let found = try templates(named: name, in: store)
    if found.count > 1 {
      throw Failure(
        .badData, "'\(name)' fits \(found.count) templates", hint: found.map(\.subject).joined(separator: "\n"))
    }
    if let row = found.first {
      return Composition(template: Message(parsing: try readFile(try store.path(of: row))), identities: identities)
    }
    guard name.utf8.contains(UInt8(ascii: "/")) || name.hasPrefix("id:") || Int(name) != nil || name == "." else {
      throw Failure(.noInput, "there is no template '\(name)'", hint: "mail-list Templates shows them.")
    }
    var resolver = ReferenceResolver(store, for: .read) { MailCompose.complain($0) }
    var path: String?
    try resolver.forEach([name]) { target in
      switch target {
      case .message(let row): path = try store.path(of: row)
      case .file(let file): path = file
      case .standardInput: break
      }
    }
    try resolver.finish()
    guard let path else { throw Failure(.noInput, "there is no template '\(name)'") }
    return Composition(template: Message(parsing: try readFile(path)), identities: identities)
  }
}
