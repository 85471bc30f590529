/// Another program, with its arguments, to be run as a child of this process.
public struct Program: Sendable {
  /// What is run: a path, or a name that `$PATH` is searched for.
  public var path: String
  public var arguments: [String]
  /// Variables that the program gets beside those of this process, or with another value.
  public var environment: [String: String] = [:]
  /// An interrupt or a quit typed at the terminal is for the program alone while it runs, as for an editor.
  public var ownsTerminal = false
  /// Where its standard error goes.
  public var errors = Output.inherited

  /// The program `path` with `arguments`; no shell reads them.
  public init(_ path: String, _ arguments: [String] = []) {
    self.path = path
    self.arguments = arguments
  }

  /// What the user wrote as a command line (`$EDITOR` may be `vim -f`), run by the shell, with `arguments` behind it as they
  /// are.
  public static func shell(_ words: String, _ arguments: [String] = []) -> Program {
    // "$@" stands for the arguments, whatever characters they have; the last operand before them is $0.
    Program("/bin/sh", ["-c", arguments.isEmpty ? words : words + " \"$@\"", words] + arguments)
  }

  /// Where the program reads from.
  public enum Input: Sendable {
    /// Standard input of this process.
    case inherited
    /// Nothing: `/dev/null`.
    case none
    /// These bytes, then the end. What the program doesn't read is dropped.
    case bytes([UInt8])
    /// An open descriptor.
    case descriptor(Int32)
  }

  /// Where the program writes to.
  public enum Output: Sendable {
    /// Standard output of this process.
    case inherited
    /// Nowhere: `/dev/null`.
    case discarded
    /// An open descriptor.
    case descriptor(Int32)
  }

  /// How a program ended.
  public enum End: Sendable, Equatable {
    /// It exited with this code.
    case exited(Int32)
    /// This signal ended it.
    case signalled(Int32)

    /// It exited with 0.
    public var isSuccess: Bool { self == .exited(0) }

    /// The exit code as a shell shows it: 128 and more for signals.
    public var code: Int32 {
      switch self {
      case .exited(let code): code
      case .signalled(let number): 128 + number
      }
    }
  }

  /// What a program wrote, and how it ended.
  public struct Result: Sendable, Equatable {
    public var end: End
    /// What came on standard output, or the part of it up to the limit.
    public var output: [UInt8]
    /// There was more than the limit allows.
    public var isCut: Bool
  }

  /// Runs the program and waits for its end; an error if it can't be started (`isNotFound` if it isn't there).
  public func run(input: Input = .inherited, output: Output = .inherited) throws(SystemError) -> End {
    var child = try ChildProcess(self, input: input, output: .given(output))
    _ = child.exchange(limit: 0, until: nil)
    return try child.wait()
  }

  /// Runs the program and calls `body` every `milliseconds` (and when a signal comes that this process catches) until it
  /// ends, or until `body` gives false: then nil, and the program goes on by itself.
  public func run(
    input: Input = .inherited, output: Output = .inherited, every milliseconds: Int32, _ body: () -> Bool
  ) throws(SystemError) -> End? {
    var child = try ChildProcess(self, input: input, output: .given(output))
    _ = child.exchange(limit: 0, until: nil)
    while !child.isEnding(within: milliseconds) {
      if !body() {
        child.abandon()
        return nil
      }
    }
    return try child.wait()
  }

  /// Runs the program and takes in what it writes to standard output, at most `limit` bytes; a program that writes more
  /// finds its output closed.
  ///
  /// A program that takes longer than `timeLimit` seconds is ended, and the error `isTimeOut`.
  public func collect(input: Input = .none, limit: Int, timeLimit: Int? = nil) throws(SystemError) -> Result {
    var child = try ChildProcess(self, input: input, output: .collected)
    let deadline = timeLimit.map { monotonicNow() + nanoseconds(ofSeconds: Int64($0)) }
    guard child.exchange(limit: limit, until: deadline), let end = try child.wait(until: deadline) else {
      child.kill()
      throw SystemError.timeOut("wait", path: path)
    }
    return Result(end: end, output: child.collected, isCut: child.isCut)
  }

  /// Where `$PATH` has a program called `name`; `name` itself if it is a path that can be run. Nil when there is none.
  public static func find(_ name: String) -> String? {
    if name.utf8.contains(UInt8(ascii: "/")) { return isExecutable(name) ? name : nil }
    guard !name.isEmpty else { return nil }
    for directory in (MailSystem.environment("PATH") ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":") {
      let path = "\(directory)/\(name)"
      if isExecutable(path) { return path }
    }
    return nil
  }
}
