public import MailSystem

/// The program that a message is written with.
public struct EditorProgram: Sendable {
  /// The user's words for it, run by the shell.
  public let words: String

  /// `configured`, else `$VISUAL`, `$EDITOR`, or what the system has; nil when it has none.
  public init?(configured: String?) {
    let words =
      configured ?? environment("VISUAL") ?? environment("EDITOR") ?? Program.find("editor") ?? Program.find("nano")
      ?? Program.find("vi")
    guard let words else { return nil }
    self.words = words
  }

  /// The program with the file `path` to edit. Editors that can are told to write what is typed every few seconds.
  /// Those that understand it begin at `line`.
  public func program(for path: String, line: Int = 1, autosave seconds: Int) -> Program {
    let place = Self.withLine.contains(kind) ? ["+\(line)"] : []
    var program = Program.shell(words, saving(every: max(seconds, 1)) + place + [path])
    program.ownsTerminal = true
    return program
  }

  private static let withLine: Set<String> = [
    "vim", "nvim", "gvim", "vim.tiny", "nano", "emacs", "micro", "joe", "jed", "mg", "ne", "nvi", "mcedit",
  ]

  private func saving(every seconds: Int) -> [String] {
    switch kind {
    case "vim", "nvim", "gvim":
      return [
        "-c", "set updatetime=\(min(seconds, 60) * 1000)",
        "-c", "autocmd CursorHold,CursorHoldI,FocusLost,InsertLeave draft.eml silent! update",
      ]
    case "micro": return ["-autosave", String(seconds)]
    case "emacs":
      return [
        "--eval", "(progn (setq auto-save-visited-interval \(seconds)) (ignore-errors (auto-save-visited-mode 1)))",
      ]
    default: return []
    }
  }

  /// Which editor it is, links followed; empty for one that isn't known.
  private var kind: String {
    guard let first = words.split(separator: " ").first, let path = Program.find(String(first)) else { return "" }
    let name = lastComponent(of: (try? realPath(path)) ?? path)  // a link that leads nowhere is judged by its own name
    // Debian calls its builds of vim vim.basic, vim.gtk3 and so on; vim.tiny has no autocommands.
    if name.hasPrefix("vim."), name != "vim.tiny" { return "vim" }
    if name.hasPrefix("emacs") { return name.hasPrefix("emacsclient") ? "" : "emacs" }
    return name
  }
}
