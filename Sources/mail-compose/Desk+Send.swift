import MailBytes
import MailCommand
import MailCompose
import MailMIME
import MailStore
import MailSystem

extension Desk {
  /// Gives the message to mail-send. True when it was accepted; else the draft stays, and that is said.
  func send(_ bytes: [UInt8]) throws -> Bool {
    guard let path = companion("mail-send") else {
      throw Failure(.refused, "mail-send is not installed; the message is kept as a draft")
    }
    let end = try Program(path, command.storeOptions.arguments + ["-t"]).run(input: .bytes(bytes))
    guard end.isSuccess else {
      throw Failure(
        ExitCode(end.code), "not sent: mail-send ended with \(end.code); the message is kept as a draft")
    }
    orphan?.remove()
    // mail-send takes the draft away; one that it left would be sent twice by somebody who goes on with it.
    try keeper?.discard()
    return true
  }

  /// Reads the files that are to be attached, so that they are as they were when they were named.
  func readAttachments() {
    for index in composition.attachments.indices {
      guard case .file(let path) = composition.attachments[index] else { continue }
      do {
        composition.attachments[index] = .part(try files.part(path))
      } catch {
        MailCompose.complain(Failure(error))
      }
    }
  }

  /// The names of what goes along.
  var attachmentNames: [String] {
    composition.attachments.map { attachment in
      switch attachment {
      case .file(let path): "\(path) (can't be read)"
      case .part(let part): label(of: part)
      }
    }
  }

  /// Puts the signature of the sender in the place of that of the one before, where the writer left it as it was.
  func exchangeSignature(from previous: Composition) {
    guard !composition.wishes.isUnsigned, command.text.signature == nil else { return }
    let current = composition
    composition.addresses.from = previous.addresses.from
    let old = try? signatureBlock()  // one that can't be read was never put in
    composition = current
    guard let old, let new = try? signatureBlock(), old != new else { return }
    composition.exchange(old, by: new)
  }

  /// Saves the draft, or the editor's files where there is no place for drafts.
  func keepIfPossible() throws {
    if try draftStore() != nil { return try keep() }
    readAttachments()
    try orphan?.rewrite(composition.draftMessage(context), page: EditorPage(composition).text)
  }

  /// Saves the draft and says where it is.
  func keepOrSay() throws {
    try keepIfPossible()
    let place = orphan.map { "Kept in \($0.pagePath)" } ?? "Kept as a draft"
    say("\(place); mail-compose --resume goes on with it.\n")
  }

  /// Forgets the message.
  func discard() throws {
    try keeper?.discard()
    orphan?.remove()
  }
}

/// Shows a message as mail-show does.
func showMessage(_ bytes: [UInt8]) throws {
  guard let path = companion("mail-show") else { return say(String(decoding: bytes, as: UTF8.self)) }
  _ = try Program(path, ["-"]).run(input: .bytes(bytes))
}
