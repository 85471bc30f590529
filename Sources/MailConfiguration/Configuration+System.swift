internal import MailSystem

extension Configuration {
  /// The administrator's configuration.
  public static let systemPath = "/etc/postbag/config.toml"

  /// What the administrator has configured for the whole system; an empty configuration where there is no file.
  ///
  /// `$POSTBAG_SYSTEM_CONFIG` names another file only where `systemPath` doesn't exist: on a system that has one, nobody can
  /// get rid of it by a variable. The file must belong to root, or where the variable names it to the user.
  public static func system() throws(ConfigurationError) -> Configuration {
    if let source = try content(of: systemPath, mustExist: false, owner: 0) {
      return try reading(systemPath, source)
    }
    guard let path = environment("POSTBAG_SYSTEM_CONFIG"), let source = try content(of: path, mustExist: true) else {
      return Configuration()
    }
    return try reading(path, source)
  }

  private static func reading(_ path: String, _ source: [UInt8]) throws(ConfigurationError) -> Configuration {
    let (configuration, problems) = reading(source, file: path, home: nil, isSystem: true)
    if let first = problems.first { throw first }
    return configuration
  }
}
