public import MailConfiguration
internal import MailQuery
public import MailStore

/// How long messages stay in which folder: `[expire]` of the configuration.
public struct ExpiryRules: Sendable {
  /// What Trash has when nobody says otherwise: 30 days, in seconds.
  public static let trashLifetime: Int64 = 30 * 86_400

  private let named: [String: Int64?]
  private let patterns: [(glob: Glob, lifetime: Int64?)]

  public init(_ rules: [Configuration.ExpiryRule]) {
    var named: [String: Int64?] = [:]
    var patterns: [(glob: Glob, lifetime: Int64?)] = []
    for rule in rules {
      named.updateValue(rule.lifetime, forKey: rule.folder)
      let glob = Glob(rule.folder)
      if glob.isPattern { patterns.append((glob, rule.lifetime)) }
    }
    self.named = named
    self.patterns = patterns
  }

  /// The seconds that messages stay in `folder`; nil is for ever. Its name is stronger than a pattern, of patterns the first
  /// one counts, and none of them means a system folder.
  public func lifetime(in folder: Folder) -> Int64? {
    if let lifetime = named[folder.name] { return lifetime }
    if let role = folder.role {
      // Whatever the folder is called: `Trash` and `trash` mean the one with that role.
      for name in [role.standardName, role.word] {
        if let lifetime = named[name] { return lifetime }
      }
      return role == .trash ? Self.trashLifetime : nil
    }
    return patterns.first { $0.glob.matches(folder.name) }?.lifetime
  }
}
