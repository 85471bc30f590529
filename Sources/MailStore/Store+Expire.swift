internal import MailSQLite
public import MailSystem

/// Messages of one folder whose time is over.
public struct Expiry: Sendable {
  public let folder: Folder
  /// They are removed; otherwise they go to Trash.
  public let isForGood: Bool
  public fileprivate(set) var ids: [Int64] = []
  /// Their files below the folder, in the same order.
  public fileprivate(set) var names: [String] = []
  /// What they take.
  public fileprivate(set) var bytes: Int64 = 0

  fileprivate init(_ folder: Folder, isForGood: Bool) {
    self.folder = folder
    self.isForGood = isForGood
  }
}

/// What is to go from a store, and what is known of the messages that stay.
public struct ExpiryPlan: Sendable {
  /// By folder, only folders with something to go.
  public fileprivate(set) var expiries: [Expiry] = []
  /// Folders in Trash whose time is over as well: each goes with those below it, once nothing is in them.
  public fileprivate(set) var folders: [Folder] = []
  /// When messages came to which nobody had looked before, seconds since 1970.
  fileprivate var arrivals: [(id: Int64, since: Int64)] = []

  public var count: Int { expiries.reduce(0) { $0 + $1.ids.count } }
  public var bytes: Int64 { expiries.reduce(0) { $0 + $1.bytes } }
  public var isEmpty: Bool { expiries.isEmpty && folders.isEmpty }
}

/// What has gone, and what it took.
public struct ExpiryResult: Sendable, Equatable {
  public var messages = 0
  public var bytes: Int64 = 0
  public var folders = 0
  /// Those whose time was over in another folder, and that are in Trash now.
  public var moved = 0

  public init() {}

  mutating func add(_ removed: RemoveResult) {
    messages += removed.removed
    bytes += removed.bytes
  }
}

extension Store {
  /// Finds what has been in its folder for longer than the folder's `lifetime`, in seconds (nil: for ever), at the second
  /// `time`. What is in Trash counts from when it came there, what is in a deleted folder from the deletion at the earliest.
  /// Trash has the lifetime of its own folder in all of it. Flagged messages stay, but for those in Trash.
  public func planExpiry(
    at time: Int64 = now() / 1_000_000_000, lifetime: (Folder) -> Int64?
  ) throws(StoreError) -> ExpiryPlan {
    try asStoreError {
      var plan = ExpiryPlan()
      let folders = try folders()
      let trashLifetime = folders.first { $0.role == .trash }.flatMap(lifetime)
      let deletions = try deletedFolderRows()
      for folder in folders {
        let isTrash = isInTrash(folder.name)
        guard let lifetime = isTrash ? trashLifetime : lifetime(folder) else { continue }
        let deletion = deletions.filter { $0.name == folder.name || folder.name.hasPrefix($0.name + "/") }.map(\.time)
          .max()
        let limit = time - lifetime
        try plan.add(folder, of: self, before: limit, deleted: deletion, isTrash: isTrash)
        guard isTrash, folder.role != .trash else { continue }
        // One that another program put there has been there at most since it was named so.
        let since = try deletion ?? fileStatus(folder.path).changeTime / 1_000_000_000
        if since <= limit { plan.folders.append(folder) }
      }
      return plan
    }
  }

  /// Finds everything that is in Trash.
  public func planEmptying() throws(StoreError) -> ExpiryPlan {
    try asStoreError {
      var plan = ExpiryPlan()
      for folder in try trashedFolders() {
        try plan.add(folder, of: self, before: .max, deleted: .min, isTrash: true)
        if folder.role != .trash { plan.folders.append(folder) }
      }
      return plan
    }
  }

  /// Does what `plan` says, as far as it still holds: what has been moved meanwhile stays.
  public func expire(_ plan: ExpiryPlan, progress: ((Int) -> Void)? = nil) throws(StoreError) -> ExpiryResult {
    if isReadOnly { throw .readOnly(root) }
    try removeLeftovers()
    return try asStoreError {
      var result = ExpiryResult()
      try remember(plan.arrivals)
      var done = 0
      for expiry in plan.expiries {
        if expiry.isForGood {
          result.add(try remove(expiry.ids, from: [expiry.folder.id]) { progress?(done + $0) })
        } else {
          let moved = try move(expiry.ids, to: trashFolder(), from: [expiry.folder.id], undo: .none) {
            progress?(done + $0)
          }
          result.moved += moved.moved.count
        }
        done += expiry.ids.count
      }
      var refusal: StoreError?
      for folder in plan.folders {
        let now = try folders()
        guard let present = now.first(where: { $0.id == folder.id && $0.name == folder.name }) else { continue }
        let tree = now.filter { $0.id == present.id || $0.name.hasPrefix(present.name + "/") }
        // Somebody put mail there meanwhile, or a folder.
        guard tree.allSatisfy({ $0.total == 0 && plan.folders.map(\.id).contains($0.id) }) else { continue }
        do throws(StoreError) {
          _ = try removeFolder(present.name)
        } catch {
          // One with foreign files stays; the others go all the same.
          guard case .notPermitted = error else { throw error }
          refusal = refusal ?? error
          continue
        }
        result.folders += tree.count
      }
      if let refusal { throw refusal }
      return result
    }
  }

  /// From now on these are known: a change of a flag would make the file look younger.
  private func remember(_ arrivals: [(id: Int64, since: Int64)]) throws {
    guard !arrivals.isEmpty else { return }
    let state = try stateWriter()
    try state.transaction {
      let update = try state.prepare("UPDATE message SET since = ?2 WHERE id = ?1 AND since IS NULL")
      for (id, since) in arrivals {
        update.bind(id, at: 1)
        update.bind(since, at: 2)
        try update.run()
      }
    }
  }
}

extension ExpiryPlan {
  /// Adds what has been in `folder` since `limit` or longer.
  fileprivate mutating func add(
    _ folder: Folder, of store: Store, before limit: Int64, deleted: Int64?, isTrash: Bool
  ) throws {
    var expiry = Expiry(folder, isForGood: isTrash || folder.role == .junk)
    let select = try store.index().prepare(
      """
      SELECT m.id, s.since, m.flags, m.size, m.name FROM main.message m JOIN state.message s ON s.id = m.id
      WHERE m.folder = ?1
      """)
    select.bind(folder.id, at: 1)
    while try select.step() {
      let name = select.text(4)
      if !isTrash, MessageFlags(rawValue: select.integer(2)).contains(.flagged) { continue }
      var since = select.isNull(1) ? nil : select.integer(1)
      if since == nil, deleted == nil {
        // What can't be looked at has gone, or is looked at next time.
        guard let status = try? fileStatus(folder.path + "/" + name) else { continue }
        let time = status.changeTime / 1_000_000_000
        since = time
        if time > limit { arrivals.append((select.integer(0), time)) }
      }
      guard max(since ?? .min, deleted ?? .min) <= limit else { continue }
      expiry.ids.append(select.integer(0))
      expiry.names.append(name)
      expiry.bytes += select.integer(3)
    }
    if !expiry.ids.isEmpty { expiries.append(expiry) }
  }
}
