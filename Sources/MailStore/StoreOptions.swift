public import MailConfiguration
internal import Maildir

extension Store.Options {
  /// What `configuration` says about a store.
  public init(_ configuration: Configuration) {
    self.init()
    threadsBySubject = configuration.list.joinsThreadsBySubject
    let folders = configuration.folders
    roles = [
      .sent: folders.sent, .drafts: folders.drafts, .templates: folders.templates, .trash: folders.trash,
      .junk: folders.junk,
    ]
  }

  /// The names of the folders that may have `role`, by preference: the first one that exists has it, and the first of all
  /// is made when none does. A configured name that begins with a dot is that of a directory of a Maildir++.
  public func names(for role: FolderRole) -> [String] {
    guard role != .inbox, let names = roles[role], !names.isEmpty else { return [role.standardName] }
    return names.map { name in
      name.hasPrefix(".") ? FolderName.canonical(FolderName.name(ofDirectory: name), in: .maildirPlusPlus) : name
    }
  }

  /// The roles of the folders of a store that has those called `names`. Case counts only where two names differ in nothing
  /// else.
  public func roles(among names: [String]) -> [String: FolderRole] {
    let present = Set(names)
    var byLowercase: [String: String]?
    var result: [String: FolderRole] = [:]
    for role in FolderRole.allCases {
      for candidate in self.names(for: role) {
        var found = present.contains(candidate) ? candidate : nil
        if found == nil {
          if byLowercase == nil {
            byLowercase = Dictionary(names.map { ($0.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
          }
          found = byLowercase?[candidate.lowercased()]
        }
        guard let found, result[found] == nil else { continue }
        result[found] = role
        break
      }
    }
    return result
  }

  /// The name of the folder that has `role` in a store with the folders `names`, or that is made for it.
  public func name(for role: FolderRole, among names: [String]) -> String {
    roles(among: names).first { $0.value == role }?.key ?? self.names(for: role)[0]
  }

  /// The system folder that a person calls `given`, in a store with the folders `names`: by its name, or by the word for
  /// its role; nil when no system folder is called so.
  public func systemFolder(called given: String, among names: [String]) -> String? {
    let lower = given.lowercased()
    let folders = FolderRole.allCases.map { (role: $0, name: name(for: $0, among: names)) }
    return folders.first { $0.name.lowercased() == lower }?.name ?? folders.first { $0.role.word == lower }?.name
  }
}
