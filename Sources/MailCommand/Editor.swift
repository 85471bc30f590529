internal import MailSystem

/// Lets the person edit `text` in `$VISUAL` or `$EDITOR`, in a file that nobody else can read and that is called `name`. Gives
/// what it holds afterwards.
///
/// An editor that fails gives 1: then nothing is to be done.
public func edited(_ text: String, name: String) throws -> [UInt8] {
  let words = environment("VISUAL") ?? environment("EDITOR") ?? Program.find("editor") ?? Program.find("vi")
  guard let words else {
    throw Failure(.configuration, "no editor is installed", hint: "Name one in $VISUAL or $EDITOR.")
  }
  let base = environment("TMPDIR") ?? "/tmp"
  let directory = "\(base)/postbag-edit.\(processID()).\(String(UInt64.random(in: 0 ... .max), radix: 36))"
  try createDirectory(directory)
  defer { discard(directory) }
  let path = "\(directory)/\(name)"
  let file = try File(path, [.write, .exclusive])
  try file.write(Array((text.isEmpty ? "" : text + "\n").utf8))
  try file.close()
  var editor = Program.shell(words, [path])
  editor.ownsTerminal = true
  let end = try run(editor)
  guard end.isSuccess else {
    throw Failure(.no, "\(words): ended with \(end.code); nothing is changed")
  }
  return try readFile(path, limit: 64 << 20)
}

/// References may have come on standard input; the editor wants the terminal.
private func run(_ editor: Program) throws -> Program.End {
  if isTerminal(0) { return try editor.run() }
  // Without a terminal there is an editor that needs none, such as a script.
  guard let terminal = try? File("/dev/tty", [.readWrite]) else { return try editor.run(input: .none) }
  return try editor.run(input: .descriptor(terminal.descriptor))
}

/// Removes the directory with everything that the editor left in it. What can't be removed is for the person alone to read.
private func discard(_ directory: String) {
  for entry in (try? directoryEntries(directory)) ?? [] { try? removeFile("\(directory)/\(entry)") }
  try? removeDirectory(directory)
}
