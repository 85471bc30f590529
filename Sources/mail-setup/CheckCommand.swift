import MailCommand
import MailConfiguration
import MailSystem

extension MailSetup {
  /// `path` as it can stand in a file that lies elsewhere.
  static func absolute(_ path: String) -> String { absolutePath(expandTilde(path, home: userHome())) }
}

extension AccountCommand {
  /// Tells every mistake of the file `path`, also of what it refers to; what only the administrator may say is valid in the
  /// administrator's file.
  func checkConfiguration(_ path: String, isNamed: Bool, home: String?) throws {
    let source: [UInt8]
    let status: FileStatus
    do {
      (source, status) = try readFileWithStatus(path, limit: 4 << 20)
    } catch {
      if error.isNotFound, !isNamed {
        throw Failure(.noInput, "\(path): there is no configuration yet", hint: "mail-setup makes one.")
      }
      throw error
    }
    if let problem = status.trustProblem(for: effectiveUserID()) {
      throw ConfigurationError.notTrusted(file: path, reason: problem)
    }
    let isSystem = absolutePath(path) == Configuration.systemPath
    let problems = Configuration.mistakes(in: source, file: path, home: home, isSystem: isSystem)
    let output = Output()
    for problem in problems { try output.write("\(problem)\n") }
    try output.finish()
    guard problems.isEmpty else { throw ExitCode.configuration }
    if status.permissions & 0o077 != 0 {
      MailSetup.warn("\(path): others may read it", hint: "chmod 600 makes it private.")
    }
  }
}
