internal import MailBytes
internal import MailConfiguration
public import MailMIME

/// How an answer or a forward begins.
public struct StartOptions: Sendable {
  /// Where the original stands in an answer.
  public enum Quote: String, Sendable, CaseIterable {
    /// Above what the writer says.
    case above
    /// Below it.
    case below
    /// Not at all.
    case none
  }

  public var format = Composition.Format.flowed
  public var attribution = Attribution("On %d, %n wrote:")
  public var quote = Quote.above
  /// What the writer says, as it comes from standard input or a template.
  public var text = ""

  public init() {}
}

extension Composition {
  /// An answer to `message` from the identity it was sent to.
  public init(
    answering message: Message, _ scope: ReplyScope, identities: Identities, _ options: StartOptions
  ) throws(ComposeError) {
    self.init()
    let headers = message.headers
    format = options.format
    let recipients = try ReplyRecipients(headers, scope, identities)
    addresses.from = addressText([identities.choice(forAnswering: headers).from])
    addresses.to = addressText(recipients.to)
    addresses.cc = addressText(recipients.cc)
    subject = replySubject(oneLine(headers.text("Subject") ?? ""))
    thread.answer(headers)
    thread.replied = headers.messageIDs("Message-ID").prefix(1).filter(isIdentifier)
    let quotation: String
    switch (options.quote, format) {
    case (.none, _): quotation = ""
    case (_, .html):
      var parts: [BodyPart] = []
      quotation = quotedHTML(message, options.attribution, images: &parts)
      attachments += parts.map { .part($0) }
    default: quotation = quotedText(message, options.attribution, isMarkdown: format == .markdown)
    }
    text = joined(quotation, options)
  }

  /// `messages` passed on in the text, with their attachments.
  public init(forwarding messages: [Message], identities: Identities, _ options: StartOptions) {
    self.init()
    format = options.format
    startForward(messages, identities)
    var pieces: [String] = []
    for message in messages {
      if format == .html {
        var parts: [BodyPart] = []
        pieces.append(forwardedHTML(message, images: &parts))
        attachments += parts.map { .part($0) }
      } else {
        pieces.append(forwardedText(message, isMarkdown: format == .markdown))
      }
      attachments += MailCompose.attachments(of: message).map { .part($0) }
    }
    text = joined(below: options.text, pieces.joined(separator: "\n"))
  }

  /// `messages` passed on as they are, as attachments.
  public init(attaching messages: [Message], identities: Identities, _ options: StartOptions) {
    self.init()
    format = options.format
    startForward(messages, identities)
    for message in messages {
      var part = BodyPart.message(message.bytes)
      part.disposition = "attachment"
      part.filename = messageFileName(message.headers)
      attachments.append(.part(part))
    }
    text = options.text
  }

  private mutating func startForward(_ messages: [Message], _ identities: Identities) {
    guard let first = messages.first?.headers else { return }
    addresses.from = addressText([identities.choice(forAnswering: first).from])
    subject = forwardSubject(oneLine(first.text("Subject") ?? ""))
    if messages.count > 1 { subject = "Fwd: \(messages.count) messages" }
    for message in messages {
      thread.forwarded += message.headers.messageIDs("Message-ID").prefix(1).filter(isIdentifier)
    }
    // The conversation goes on for whoever has the original; it is no answer, so In-Reply-To stays away.
    if messages.count == 1 {
      thread.answer(first)
      thread.inReplyTo = []
    }
  }

  private func joined(_ quotation: String, _ options: StartOptions) -> String {
    if quotation.isEmpty { return options.text }
    if options.quote == .below { return joined(below: options.text, quotation) }
    return quotation + "\n" + options.text
  }

  private func joined(below text: String, _ other: String) -> String {
    if text.isEmpty { return "\n" + other }
    return text + (text.hasSuffix("\n") ? "\n" : "\n\n") + other
  }

  /// Takes what a `mailto:` URL asks for. A page of the web must not make this message show a file of the user's, so its
  /// text stays text.
  public mutating func take(_ url: MailtoURL) {
    join(\.to, url.to)
    join(\.cc, url.cc)
    join(\.bcc, url.bcc)
    if !url.subject.isEmpty { subject = url.subject }
    if let identifier = url.inReplyTo {
      thread.inReplyTo = [identifier]
      thread.references = [identifier]
    }
    guard !url.body.isEmpty else { return }
    let body = url.body.hasSuffix("\n") ? url.body : url.body + "\n"
    switch format {
    case .flowed: text += body
    case .markdown: text += withoutImages(body)
    case .html: text += htmlLines(body)
    }
  }
}

/// `addresses` as text that reads back as the same.
public func addressText(_ addresses: [Address]) -> String {
  addresses.map { address in
    guard let name = address.name, !isBlank(name) else { return address.address }
    let shown = oneLine(name)
    let isPlain = shown.utf8.allSatisfy { byte in
      byte >= 0x80 || byte == 0x20 || byte == 0x27 || byte == 0x2D || byte.isLetterOrDigit
    }
    var quoted = ""
    for character in shown {
      if character == "\"" || character == "\\" { quoted.append("\\") }
      quoted.append(character)
    }
    return isPlain ? "\(shown) <\(address.address)>" : "\"\(quoted)\" <\(address.address)>"
  }.joined(separator: ", ")
}

/// `text` as one line that can't change a terminal.
func oneLine(_ text: String) -> String {
  trimmed(clean(String(decoding: text.utf8.map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }, as: UTF8.self)))
}

extension UInt8 {
  fileprivate var isLetterOrDigit: Bool {
    (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
  }
}
