import MailCommand
import MailCompose
import MailConfiguration
import MailMIME
import MailStore
import MailSystem

/// One run of the editor, with the draft in Drafts following what it writes.
final class EditorSession {
  private let desk: Desk
  private var base: EditorPage
  private var seen: Int64 = 0
  private var lastSave: Int64 = 0
  private var trouble: String?

  init(_ desk: Desk) {
    self.desk = desk
    desk.readAttachments()
    base = desk.brokenPage?.base ?? EditorPage(desk.composition)
  }

  func run() throws {
    guard let editor = EditorProgram(configured: desk.configuration.compose.editor) else {
      throw Failure(
        .configuration, "no editor is installed", hint: "Name one in $VISUAL, $EDITOR or the configuration.")
    }
    let seconds = desk.configuration.compose.autosave
    catchInterrupts()
    let folder = try begin()
    let lock = try folder.lock()
    save(folder)
    let program = editor.program(for: folder.pagePath, line: base.firstLine, autosave: seconds)
    let end = try run(program, folder, seconds: Int64(max(seconds, 1)))
    if interruptRequested() { return try rescue(folder, editorGoesOn: end == nil) }
    try finish(folder, end, editor)
    lock.unlock()
    for signal in [Signal.hangUp, .terminate, .interrupt] { onSignal(signal, .byDefault) }
  }

  /// The folder that the editor works in: that of an editor that died, so that this one finds what the other left there,
  /// or a new one.
  private func begin() throws -> WorkingFolder {
    if let orphan = desk.orphan {
      desk.orphan = nil
      base = EditorPage(Composition(draft: try orphan.base()))
      if let swap = orphan.swapFile { say("vim has kept unwritten text in \(swap); let it recover that.\n") }
      try orphan.takePage()
      return orphan
    }
    let bytes = base.base.draftMessage(desk.context)
    return try WorkingFolder.begin(at: desk.workplace(), bytes, page: desk.brokenPage?.text ?? base.text)
  }

  /// Waits for the editor; nil when it was left to itself, because this process is to end.
  private func run(_ program: Program, _ folder: WorkingFolder, seconds: Int64) throws -> Program.End? {
    var deadline: Int64?
    lastSave = monotonicNow()
    let work = { () -> Bool in
      if interruptRequested() {
        // The editor was told as well; it may save in an emergency.
        let end = deadline ?? monotonicNow() + 2_000_000_000
        deadline = end
        return monotonicNow() < end
      }
      if monotonicNow() - self.lastSave >= seconds * 1_000_000_000 {
        self.lastSave = monotonicNow()
        self.save(folder)
      }
      return true
    }
    if isTerminal(1) { return try program.run(every: 250, work) }
    // The message goes to standard output; the editor wants the terminal.
    let terminal = try File("/dev/tty", [.readWrite])
    return try program.run(output: .descriptor(terminal.descriptor), every: 250, work)
  }

  /// Lets the draft follow the file, if that has changed.
  private func save(_ folder: WorkingFolder) {
    let changed = folder.changed
    guard changed != seen else { return }
    do {
      try take(folder)
      guard try desk.draftStore() != nil else { return }
      try desk.keep()
      if let key = desk.keeper?.key, key != folder.draftKey { try folder.setDraftKey(key) }
      seen = changed
      trouble = nil
    } catch {
      // The text is in the working file; what goes wrong is told when the editor has left the screen.
      trouble = MailCompose.commonFailure(for: error).message
    }
  }

  /// Takes what the file says into the composition; what is no page is kept as text.
  private func take(_ folder: WorkingFolder) throws {
    let page = try folder.page()
    do throws(ComposeError) {
      desk.composition = try base.read(page)
      desk.brokenPage = nil
    } catch {
      desk.composition = base.base
      desk.composition.text = page
      desk.brokenPage = .init(base: base, text: page, problem: error)
    }
  }

  private func finish(_ folder: WorkingFolder, _ end: Program.End?, _ editor: EditorProgram) throws {
    let previous = base.base
    try take(folder)
    desk.readAttachments()
    if desk.brokenPage == nil { desk.exchangeSignature(from: previous) }
    if try desk.draftStore() != nil {
      do {
        try desk.keep()
      } catch {
        throw Failure(
          .temporary, "the draft can't be saved: \(MailCompose.commonFailure(for: error).message)",
          hint: "The text is in \(folder.pagePath); mail-compose --resume goes on with it.")
      }
      folder.remove()
    } else {
      desk.orphan = folder
    }
    if let trouble { MailCompose.warn("while the editor was open no draft could be saved: \(trouble)") }
    if let end, !end.isSuccess { MailCompose.warn("\(editor.words): ended with \(end.code)") }
  }

  /// Somebody has closed the terminal: everything that is there goes into the draft.
  private func rescue(_ folder: WorkingFolder, editorGoesOn: Bool) throws {
    var isKept = false
    do {
      try take(folder)
      if try desk.draftStore() != nil {
        try desk.keep()
        isKept = true
      }
    } catch {
      // The working file has it, and is named below.
      trouble = MailCompose.commonFailure(for: error).message
    }
    // vim's own file may have more than the text, and an editor that is still there may write more: then the folder stays
    // for --resume.
    if isKept, !editorGoesOn, folder.swapFile == nil { folder.remove() }
    let place = isKept ? "as a draft" : "in \(folder.pagePath)"
    throw Failure(
      .interrupted, "stopped; the message is kept \(place)", hint: "mail-compose --resume goes on with it.")
  }
}
