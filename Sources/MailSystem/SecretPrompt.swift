internal import Glibc

/// Asks for a secret on the terminal of the process, whatever its standard streams are, and shows nothing of what is typed.
/// Returns the line without its end; nil at the end of input. No terminal is an error (`isNotFound` or ENXIO).
///
/// Ctrl-C has its usual meaning, once the terminal is as it was.
public func readSecret(_ question: String) throws(SystemError) -> [UInt8]? {
  let terminal = try File("/dev/tty", [.readWrite])
  var usual = termios()
  guard unsafe tcgetattr(terminal.descriptor, &usual) == 0 else { throw SystemError(call: "tcgetattr", errno: errno) }
  var quiet = usual
  quiet.c_lflag &= ~tcflag_t(ECHO | ISIG)
  quiet.c_lflag |= tcflag_t(ECHONL)
  // Ctrl-C and Ctrl-\ end the line, so that they are seen at once.
  unsafe withUnsafeMutableBytes(of: &quiet.c_cc) { characters in
    unsafe characters[Int(VEOL)] = interruptCharacter
    unsafe characters[Int(VEOL2)] = quitCharacter
  }
  guard unsafe tcsetattr(terminal.descriptor, TCSAFLUSH, &quiet) == 0 else {
    throw SystemError(call: "tcsetattr", errno: errno)
  }
  let line: Result<[UInt8], SystemError>
  do throws(SystemError) {
    try writeAll(question, to: terminal.descriptor)
    line = .success(try readLine(terminal.descriptor))
  } catch { line = .failure(error) }
  unsafe tcsetattr(terminal.descriptor, TCSAFLUSH, &usual)
  var bytes = try line.get()
  switch bytes.last {
  case interruptCharacter, quitCharacter:
    // What is told of it is told by the terminal's driver otherwise.
    try? writeAll("\n", to: terminal.descriptor)
    kill(getpid(), bytes.last == interruptCharacter ? SIGINT : SIGQUIT)
    return nil
  case UInt8(ascii: "\n"):
    bytes.removeLast()
    return bytes
  case nil: return nil
  default: return bytes
  }
}

private let interruptCharacter: UInt8 = 3
private let quitCharacter: UInt8 = 28

/// A line as the terminal hands it over, at most 4 KiB.
private func readLine(_ descriptor: Int32) throws(SystemError) -> [UInt8] {
  var piece = [UInt8](repeating: 0, count: 4096)
  let count = try readSome(descriptor, into: &piece)
  defer { for index in piece.indices { piece[index] = 0 } }
  return Array(piece[..<count])
}
