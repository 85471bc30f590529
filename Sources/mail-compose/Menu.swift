import MailBytes
import MailCommand
import MailCompose
import MailConfiguration
import MailMIME
import MailStore
import MailSystem

/// What becomes of a message that was written.
struct Menu {
  private let desk: Desk

  init(_ desk: Desk) { self.desk = desk }

  /// Asks once and does it; true when there is nothing more to do.
  func ask(_ edit: () throws -> Void) throws -> Bool {
    show()
    say("[s]end, [e]dit, [a]ttach, [p]review, [d]raft, discard [x], more [?] ")
    guard let line = readLine() else { return try end() }
    let words = line.split(separator: " ", maxSplits: 1).map(String.init)
    let argument = words.count > 1 ? words[1] : ""
    do {
      switch words.first?.lowercased() ?? "" {
      case "s", "send": return try send()
      case "e", "edit": try edit()
      case "a", "attach": try attach(argument)
      case "r", "remove": try remove(argument)
      case "p", "preview": try preview()
      case "d", "draft", "q", "quit": return try end()
      case "x", "discard": return try discard()
      case "to", "cc", "bcc", "subject", "reply-to": try change(words[0], argument)
      case "from": try changeSender(argument)
      case "priority":
        guard let priority = Priority(word: argument) else { throw Failure.usage("priority high, normal or low") }
        desk.composition.wishes.priority = priority
        try desk.keepIfPossible()
      case "receipt":
        desk.composition.wishes.requestsReceipt.toggle()
        try desk.keepIfPossible()
      case "": break
      default: help()
      }
    } catch let error as Failure where error.code != .interrupted {
      MailCompose.complain(error)
    } catch let error as ComposeError {
      MailCompose.complain(Failure(error))
    } catch  where !(error is Failure) && !(error is ClosedPipe) {
      // The draft is safe; the person may try something else.
      MailCompose.complain(MailCompose.commonFailure(for: error))
    }
    return false
  }

  private func show() {
    let composition = desk.composition
    var text = "\n"
    func add(_ name: String, _ value: String) {
      if !value.isEmpty { text += "\(name):".padded(to: 10) + shortened(value) + "\n" }
    }
    add("From", composition.addresses.from)
    add("To", composition.addresses.to)
    add("Cc", composition.addresses.cc)
    add("Bcc", composition.addresses.bcc)
    add("Subject", composition.subject.isEmpty ? "(none)" : composition.subject)
    if composition.wishes.priority != .normal { add("Priority", composition.wishes.priority == .high ? "high" : "low") }
    if composition.wishes.requestsReceipt { add("Receipt", "requested") }
    if composition.format != .flowed { add("Format", composition.format.rawValue) }
    for (number, name) in desk.attachmentNames.enumerated() {
      add(number == 0 ? "Attached" : "", "\(number + 1) \(name)")
    }
    let lines = composition.text.utf8.count { $0 == 0x0A }
    text += "          \(lines) line\(lines == 1 ? "" : "s"), \(sizeText(composition.text.utf8.count))\n\n"
    say(text)
  }

  private func shortened(_ value: String) -> String {
    value.count > 300 ? value.prefix(300) + " … (\(value.utf8.count { $0 == 0x40 }) addresses)" : value
  }

  private func help() {
    say(
      """
      s            send the message
      e            edit it again
      a FILE       attach a file          r N   take attachment N away
      p            preview: the message as it will be sent, as text
      d            keep it as a draft and end
      x            discard it
      to ADDRESS   add a recipient; likewise cc, bcc, reply-to
      subject TEXT, from IDENTITY, priority high|normal|low, receipt

      """)
  }

  // MARK: Changes

  private func change(_ name: String, _ value: String) throws {
    try desk.composition.take(field: name, value)
    try desk.keepIfPossible()
  }

  private func changeSender(_ name: String) throws {
    let previous = desk.composition
    desk.composition.addresses.from = addressText([try desk.identities.named(name).from])
    desk.exchangeSignature(from: previous)
    try desk.keepIfPossible()
  }

  private func attach(_ argument: String) throws {
    var path = argument
    if path.isEmpty {
      say("File: ")
      path = readLine() ?? ""
    }
    guard !path.isEmpty else { return }
    desk.composition.attachments.append(.part(try desk.files.part(path)))
    try desk.keepIfPossible()
  }

  private func remove(_ argument: String) throws {
    guard let number = Int(argument), number > 0, number <= desk.composition.attachments.count else {
      throw Failure.usage("name one of the attachments by its number, such as 'r 1'")
    }
    desk.composition.attachments.remove(at: number - 1)
    try desk.keepIfPossible()
  }

  private func preview() throws {
    let bytes = try desk.composition.built(desk.context)
    try showMessage(bytes)
  }

  // MARK: Ends

  private func end() throws -> Bool {
    try desk.keepOrSay()
    return true
  }

  private func discard() throws -> Bool {
    guard MailCommand.confirm("Discard the message?") else { return false }
    try desk.discard()
    return true
  }

  /// Sends the message, if nothing speaks against it.
  private func send() throws -> Bool {
    let composition = desk.composition
    if composition.addresses.isWithoutRecipients { throw Failure.usage("no recipients", hint: "Name one: to ADDRESS") }
    let bytes = try composition.built(desk.context, draft: desk.keeper?.key)
    if composition.subject.isEmpty, !confirm("The message has no subject. Send it all the same?") { return false }
    let words = desk.configuration.compose.attachmentWords ?? standardAttachmentWords
    if composition.attachments.isEmpty, let word = attachmentWord(in: composition, words: words),
      !confirm("You wrote '\(word)', and nothing is attached. Send it all the same?")
    {
      return false
    }
    if !isTerminal(1) {
      let output = Output()
      try output.write(bytes)
      try output.finish()
      desk.orphan?.remove()
      return true
    }
    return try desk.send(bytes)
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(width - count, 1)) }
}
