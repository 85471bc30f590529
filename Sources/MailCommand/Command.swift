@_exported public import ArgumentParser
internal import Glibc
internal import MailBytes

/// The version of the suite, printed by `--version`.
public let suiteVersion = "0.1.0"

/// A command of the suite: options in, one library call, lines out.
///
/// A command is an `@main` struct that conforms to this protocol instead of `ParsableCommand`. What its `run` throws
/// becomes one line on standard error and an exit code, by one table for all commands.
public protocol Command: ParsableCommand {
  /// The command line as the parser is to read it; as it is unless a command says otherwise.
  static func prepare(_ arguments: [String]) -> [String]

  /// The work that the command line asks for, where a command understands it without the parser, which takes longer than
  /// many commands; nil for everything else, help and mistakes among it.
  static func job(_ arguments: [String]) -> (() throws -> Void)?

  /// Says what an error means that only this command's libraries throw; nil leaves it to the common table.
  static func failure(for error: any Error) -> Failure?
}

extension Command {
  public static func prepare(_ arguments: [String]) -> [String] { arguments }

  public static func job(_ arguments: [String]) -> (() throws -> Void)? { nil }

  public static func failure(for error: any Error) -> Failure? { nil }

  /// The name that errors begin with.
  public static var name: String { configuration.commandName ?? String(describing: Self.self) }

  /// Parses the command line, runs the command and exits.
  public static func main() {
    // A reader that goes away (`| head`) shows as EPIPE, which is not an error here.
    _ = signal(SIGPIPE, SIG_IGN)
    Glibc.exit(execute())
  }

  /// Parses `arguments` (the process's own when nil), runs the command and returns the exit code.
  public static func execute(_ arguments: [String]? = nil) -> Int32 {
    do {
      let arguments = prepare(arguments ?? Array(CommandLine.arguments.dropFirst()))
      if let job = job(arguments) {
        try job()
        return 0
      }
      var command = try parseAsRoot(arguments)
      try command.run()
      return 0
    } catch {
      return report(error)
    }
  }

  /// Prints what `error` means on standard error (help and version on standard output) and returns the exit code.
  public static func report(_ error: any Error) -> Int32 {
    let failure = failure(for: error) ?? knownFailure(for: error) ?? parserFailure(for: error)
    if let text = failure.standardOutput {
      // The exit code is all that can still be said when help can't be printed.
      try? Output(descriptor: 1).finish(text + "\n")
    } else if !failure.message.isEmpty {
      complain(failure)
    }
    return failure.code.rawValue
  }

  /// What the table that all commands share says about `error`.
  public static func commonFailure(for error: any Error) -> Failure {
    knownFailure(for: error) ?? parserFailure(for: error)
  }

  /// Prints `failure` as errors look: `mail-list: Work/Old: no such folder`, then its hint.
  public static func complain(_ failure: Failure) {
    var text = "\(name): \(clean(failure.message))\n"
    if let hint = failure.hint { text += cleanLines(hint) + "\n" }
    // There is nowhere left to report to when standard error is gone.
    try? Output(descriptor: 2).finish(text)
  }

  /// Prints a warning on standard error and goes on.
  public static func warn(_ message: String, hint: String? = nil) {
    complain(Failure(.success, message, hint: hint))
  }

  private static func parserFailure(for error: any Error) -> Failure {
    let code = exitCode(for: error)
    if code == .success { return Failure(standardOutput: fullMessage(for: error)) }
    if error is ExitCode { return Failure(code, "") }
    guard code == .usage else { return Failure(.bug, String(describing: error)) }
    return Failure(.usage, usageMessage(message(for: error)), hint: "Try '\(name) --help'.")
  }

  /// The parser's sentence as a clause: no leading `Error: `, no capital, no full stop, one line.
  private static func usageMessage(_ message: String) -> String {
    var text = message.split(separator: "\n").joined(separator: " ")
    while text.hasSuffix(".") { text.removeLast() }
    guard let first = text.first, text.dropFirst().first?.isLowercase ?? false else { return text }
    return first.lowercased() + text.dropFirst()
  }
}

extension CommandConfiguration {
  /// The configuration of a command of the suite: its name, one line about it, and the common version.
  public init(
    name: String, abstract: String, usage: String? = nil, discussion: String = "",
    subcommands: [any ParsableCommand.Type] = [], defaultSubcommand: (any ParsableCommand.Type)? = nil
  ) {
    self.init(
      commandName: name, abstract: abstract, usage: usage, discussion: discussion,
      version: "\(name) (Postbag) \(suiteVersion)", subcommands: subcommands, defaultSubcommand: defaultSubcommand)
  }
}
