public import MailStore

/// A target that only counts: what an import would do.
public final class DryTarget: ImportTarget {
  private let store: Store?
  private let duplicates: Duplicates
  private var known: [Folder] = []

  /// What would be done to `store`; nil: to one that isn't there yet. It has been synchronised.
  public init(_ store: Store?) throws {
    self.store = store
    duplicates = Duplicates(store)
    known = try store?.foldersWithMissing() ?? []
  }

  public func name(of role: FolderRole) -> String { known.first { $0.role == role }?.name ?? role.standardName }

  public func folder(for name: String) throws -> (name: String, isNew: Bool) {
    guard let folder = known.match(name) else { return (name, true) }
    return (folder.name, folder.id == 0)
  }

  public func add(_ messages: [NewMessage], to folder: String) throws -> (messages: Int, bytes: Int64) {
    (messages.count, messages.reduce(0) { $0 + Int64($1.bytes.count) })
  }

  public func contains(_ message: FoundMessage) throws -> Bool { try duplicates.contains(message) }

  public func setColours(_ colours: [String: String]) throws {}
}

extension [Folder] {
  /// The folder of this name, in whatever case, or the one that has this role.
  func match(_ name: String) -> Folder? {
    if let folder = first(where: { $0.name == name }) { return folder }
    let lower = name.lowercased()
    return first { $0.name.lowercased() == lower }
  }
}
