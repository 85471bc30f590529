/// What an error means to the caller: an exit code, one line, and perhaps what to do about it.
///
/// A command may throw one itself.
public struct Failure: Error, Equatable, Sendable {
  /// The exit code.
  public var code: ExitCode
  /// A clause without the command's name and without a full stop: `Work/Old: no such folder`.
  public var message: String
  /// A second line (or more) that says what to do about it, or shows where the mistake is.
  public var hint: String?

  /// Text for standard output when this is no failure at all: help and version.
  var standardOutput: String?

  public init(_ code: ExitCode, _ message: String, hint: String? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
  }

  init(standardOutput: String) {
    self.init(.success, "")
    self.standardOutput = standardOutput
  }

  /// A mistake on the command line.
  public static func usage(_ message: String, hint: String? = nil) -> Failure { Failure(.usage, message, hint: hint) }

  /// The honest "no": nothing found, nothing printed.
  public static let no = Failure(.no, "")
}

extension ExitCode {
  /// 1: nothing found, signature bad, not spam.
  public static let no = ExitCode(1)
  /// 2: can't tell.
  public static let cannotTell = ExitCode(2)
  /// 64, EX_USAGE: a mistake on the command line.
  public static let usage = ExitCode(64)
  /// 65, EX_DATAERR: the input is not what it should be.
  public static let badData = ExitCode(65)
  /// 66, EX_NOINPUT: no such folder, message or file.
  public static let noInput = ExitCode(66)
  /// 67, EX_NOUSER: no such user.
  public static let noUser = ExitCode(67)
  /// 69, EX_UNAVAILABLE: refused for good.
  public static let refused = ExitCode(69)
  /// 70, EX_SOFTWARE: a mistake of ours.
  public static let bug = ExitCode(70)
  /// 73, EX_CANTCREAT: can't create.
  public static let cannotCreate = ExitCode(73)
  /// 74, EX_IOERR: input or output failed.
  public static let inputOutput = ExitCode(74)
  /// 75, EX_TEMPFAIL: may work when tried again.
  public static let temporary = ExitCode(75)
  /// 77, EX_NOPERM: not permitted.
  public static let notPermitted = ExitCode(77)
  /// 130: stopped by Ctrl-C, as shells number it.
  public static let interrupted = ExitCode(130)
  /// 78, EX_CONFIG: the configuration is wrong.
  public static let configuration = ExitCode(78)
}
