import MailBytes
import MailCommand
import MailCompose
import MailMIME
import MailStore
import MailSystem

/// The conversation with a person at a terminal: the editor, then what becomes of the message.
struct Dialogue {
  private let desk: Desk
  private let keepsDraft: Bool

  init(_ desk: Desk, keepsDraft: Bool) {
    self.desk = desk
    self.keepsDraft = keepsDraft
  }

  func run() throws {
    if try desk.draftStore() == nil {
      MailCompose.warn("there is no store that can be written: no draft is kept in Drafts while you write")
    }
    try edit()
    if keepsDraft { return try keepAndEnd() }
    while try !Menu(desk).ask({ try edit() }) {}
  }

  private func edit() throws {
    try EditorSession(desk).run()
    while let problem = desk.pageProblem {
      MailCompose.complain(Failure(problem))
      guard ask("Edit again? [Y/n] ", default: true) else {
        try desk.keep()
        throw Failure(.badData, "the message is kept as a draft", hint: "mail-compose --resume goes on with it.")
      }
      try EditorSession(desk).run()
    }
  }

  private func keepAndEnd() throws {
    try desk.saveDraft()
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
