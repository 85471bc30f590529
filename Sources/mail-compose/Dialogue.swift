import MailBytes
import MailCommand
import MailCompose
import MailMIME
import MailStore
import MailSystem

/// The conversation with a person at a terminal: the editor, then what becomes of the message.
struct Dialogue {
  /// What comes behind the editor.
  enum End { case menu, draft, template }

  private let desk: Desk
  private let end: End

  init(_ desk: Desk, end: End) {
    self.desk = desk
    self.end = end
  }

  func run() throws {
    if try desk.draftStore() == nil {
      MailCompose.warn("there is no store that can be written: no draft is kept in Drafts while you write")
    }
    try edit()
    switch end {
    case .menu: while try !Menu(desk).ask({ try edit() }) {}
    case .draft: try desk.saveDraft()
    case .template:
      try desk.saveTemplate()
      try desk.discard()
    }
  }

  private func edit() throws {
    try EditorSession(desk).run()
    while let broken = desk.brokenPage {
      MailCompose.complain(Failure(broken.problem))
      guard ask("Edit again? [Y/n] ", default: true) else {
        try desk.keep()
        throw Failure(.badData, "the message is kept as a draft", hint: "mail-compose --resume goes on with it.")
      }
      try EditorSession(desk).run()
    }
  }
}

/// Asks a yes-or-no question; nothing typed is `default`, and no terminal any more is no.
func ask(_ question: String, default: Bool) -> Bool {
  say(question)
  guard let answer = readLine() else { return false }
  let word = answer.split(separator: " ").first.map { $0.lowercased() } ?? ""
  return word.isEmpty ? `default` : ["y", "yes", "j", "ja", "o", "oui", "s", "si", "sí"].contains(word)
}

/// Tells the person at the terminal something.
func say(_ text: String) {
  let output = Output(descriptor: 2)
  // Where nothing can be shown there is nobody to miss it.
  try? output.write(cleanLines(text))
  try? output.finish()
}
