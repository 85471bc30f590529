internal import MailSystem

extension Configuration {
  /// Reads the user's configuration: the file `path`, else `$POSTBAG_CONFIG`, else `$XDG_CONFIG_HOME/postbag/config.toml`,
  /// else `~/.config/postbag/config.toml` below `home`. Only a file that was named must exist.
  ///
  /// With `trustingEnvironment` false the variables are not looked at. A file that belongs to neither the user nor root, or
  /// that others may write to, is not trusted.
  public static func load(
    path: String? = nil, home: String?, trustingEnvironment: Bool = true
  ) throws(ConfigurationError) -> Configuration {
    let isNamed = path != nil || trustingEnvironment && environment("POSTBAG_CONFIG") != nil
    let file = Configuration.path(named: path, home: home, trustingEnvironment: trustingEnvironment)
    guard let file else { return Configuration() }
    return try read(file, mustExist: isNamed, home: home)
  }

  private static func read(
    _ path: String, mustExist: Bool, home: String?
  ) throws(ConfigurationError) -> Configuration {
    guard let source = try content(of: path, mustExist: mustExist) else { return Configuration() }
    return try Configuration(parsing: source, file: path, home: home)
  }

  /// What the file `path` holds, which belongs to `owner` or root; nil when it isn't there and need not be.
  static func content(
    of path: String, mustExist: Bool, owner: UInt32 = effectiveUserID()
  ) throws(ConfigurationError) -> [UInt8]? {
    let (source, status): ([UInt8], FileStatus)
    do throws(SystemError) {
      let file = try File(path, [.read, .nonBlocking])
      status = try file.status()
      if status.isDirectory { throw .isDirectory(path) }
      source = try readToEnd(file.descriptor, limit: 4 << 20, path: path)
    } catch {
      if error.isNotFound, !mustExist { return nil }
      throw .unreadable(error)
    }
    // What was opened is what is checked. /dev/null and the like are nobody's configuration and do no harm.
    if status.isRegular, let problem = status.trustProblem(for: owner) {
      throw .notTrusted(file: path, reason: problem)
    }
    return source
  }

  /// Which file `load` reads: the file `path`, else `$POSTBAG_CONFIG`, else that of `$XDG_CONFIG_HOME` or `~/.config`. Nil
  /// without a home directory.
  public static func path(named path: String? = nil, home: String?, trustingEnvironment: Bool = true) -> String? {
    if let named = path ?? (trustingEnvironment ? environment("POSTBAG_CONFIG") : nil) { return named }
    if trustingEnvironment, let base = environment("XDG_CONFIG_HOME"), base.hasPrefix("/") {
      return "\(base)/postbag/config.toml"
    }
    return home.map { "\($0)/.config/postbag/config.toml" }
  }

  /// Where the store is: `option`, else `$MAILDIR`, else the configuration's, else `~/Maildir`. Absolute, unless there is
  /// no home directory.
  public func storePath(option: String? = nil, home: String?, trustingEnvironment: Bool = true) -> String {
    let named = option ?? (trustingEnvironment ? environment("MAILDIR") : nil)
    if let named { return absolutePath(named) }
    guard let home else { return absolutePath(store ?? "Maildir") }
    guard let store else { return "\(home)/Maildir" }
    let expanded = expandTilde(store, home: home)
    return expanded.hasPrefix("/") ? expanded : "\(home)/\(expanded)"
  }
}
