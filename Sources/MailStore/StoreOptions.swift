public import MailConfiguration

extension Store.Options {
  /// What `configuration` says about a store.
  public init(_ configuration: Configuration) {
    self.init()
    threadsBySubject = configuration.list.joinsThreadsBySubject
    let folders = configuration.folders
    for (name, role) in [
      (folders.sent, FolderRole.sent), (folders.drafts, .drafts), (folders.templates, .templates),
      (folders.trash, .trash), (folders.junk, .junk),
    ] where name != role.standardName {
      roles[name] = role
    }
  }

  /// The role of the folder `name`: from the configuration, else by the standard names.
  public func role(ofFolder name: String) -> FolderRole? {
    if let role = roles[name] { return role }
    let lower = name.lowercased()
    guard let role = FolderRole.allCases.first(where: { $0.word == lower }) else { return nil }
    // A configured folder takes the place of the standard one.
    return role != .inbox && roles.values.contains(role) ? nil : role
  }
}
