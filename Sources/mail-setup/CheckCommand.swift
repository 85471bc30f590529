import MailCommand
import MailConfiguration
import MailSystem

extension MailSetup {
  /// `path` as it can stand in a file that lies elsewhere.
  static func absolute(_ path: String) -> String { absolutePath(expandTilde(path, home: userHome())) }
}

extension AccountCommand {
  /// Tells every mistake of the configuration, and what it refers to and is not there. `--` for the administrator's file
  /// what only that may say is valid.
  func checkConfiguration(_ path: String, isNamed: Bool, home: String?) throws {
    let source: [UInt8]
    let status: FileStatus
    do {
      (source, status) = try readFileWithStatus(path, limit: 4 << 20)
    } catch {
      if error.isNotFound, !isNamed { throw Failure(.noInput, "\(path): there is no configuration yet", hint: "mail-setup makes one.") }
      throw error
    }
    if let problem = status.trustProblem(for: effectiveUserID()) {
      throw ConfigurationError.notTrusted(file: path, reason: problem)
    }
    let isSystem = absolutePath(path) == Configuration.systemPath
    let (configuration, mistakes) = Configuration.reading(source, file: path, home: home, isSystem: isSystem)
    let problems = mistakes + configuration.missingFiles(file: path, source: source)
    let output = Output()
    for problem in problems.sorted(by: { $0.line < $1.line }) { try output.write("\(problem)\n") }
    try output.finish()
    guard problems.isEmpty else { throw ExitCode.configuration }
    if status.permissions & 0o077 != 0 {
      MailSetup.warn("\(path): others may read it", hint: "chmod 600 makes it private.")
    }
  }
}
