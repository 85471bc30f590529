public import MailSQLite
internal import MailSystem
public import Maildir

/// A mail store: a Maildir++ or a tree of Maildirs, with the two databases that make it quick to read.
///
/// Opening looks only at the root; databases are opened when first needed. A store belongs to one thread.
public final class Store {
  /// What the configuration says about a store.
  public struct Options: Sendable {
    /// The names of folders that have a role, by preference, where they aren't the standard ones.
    public var roles: [FolderRole: [String]] = [:]
    /// Messages with the same subject belong to one conversation even if they don't refer to each other.
    public var threadsBySubject = false
    /// How long to wait for another process, in milliseconds.
    public var patience: Int32 = 10_000

    public init() {}
  }

  /// The absolute path of the store.
  public let root: String
  /// How its folders lie in the root.
  public var layout: MaildirRoot.Layout { maildir.layout }
  let maildir: MaildirRoot
  public let options: Options
  /// The store's own folder can't be written: the databases lie in the user's cache.
  public let isReadOnly: Bool
  /// What a person should be told: a database was set aside, and the like. Printed by the command.
  public internal(set) var notices: [String] = []

  let databaseDirectory: String
  private var readerConnection: Database?
  private var indexConnection: Database?
  private var stateConnection: Database?
  private var knownHashKey: HashKey?
  var preparedDatabases = false
  /// Statements of the reading connection, by their SQL.
  var lastingStatements: [String: Statement] = [:]
  /// The relative path of the folder by the directory of a message file.
  var knownDirectories: [String: String] = [:]
  /// The absolute path by the number of a folder.
  var knownFolders: [Int64: String] = [:]
  /// Some messages are known by another key than they were; nil until it was asked.
  var hasRekeyed: Bool?

  /// Opens the store at `root`. The directory must exist, belong to this user, and not be writable by others.
  public static func open(_ root: String, options: Options = Options()) throws(StoreError) -> Store {
    try asStoreError { try Store(root: root, options: options) }
  }

  private init(root: String, options: Options) throws {
    let path: String
    let status: FileStatus
    do {
      path = try realPath(root)
      status = try fileStatus(path)
    } catch {
      throw error.isNotFound ? StoreError.noSuchStore(root) : StoreError.system(error)
    }
    guard status.isDirectory else { throw StoreError.notAStore(root) }
    guard status.uid == effectiveUserID() else {
      throw StoreError.notPermitted(path: path, reason: "belongs to another user")
    }
    guard !status.isWritableByOthers else {
      throw StoreError.notPermitted(path: path, reason: "others may write to it (chmod go-w)")
    }
    self.root = path
    self.options = options
    self.maildir = MaildirRoot(path)
    let own = path + "/postbag"
    if isWritable(path), !isDirectory(own) || isWritable(own) {
      self.databaseDirectory = own
      self.isReadOnly = false
    } else {
      self.databaseDirectory = Store.cacheDirectory(for: path)
      self.isReadOnly = true
    }
  }

  private static func cacheDirectory(for root: String) -> String {
    let hash = String(storePathHash(root), radix: 16)
    let base = environment("XDG_CACHE_HOME") ?? (environment("HOME") ?? "/tmp") + "/.cache"
    return "\(base)/postbag/\(hash)"
  }

  // MARK: Connections

  /// The connection for reading: `index.db`, with `state.db` attached as `state`. Others may write meanwhile.
  public func index() throws(StoreError) -> Database {
    if let readerConnection { return readerConnection }
    let connection = try asStoreError { try openReader() }
    readerConnection = connection
    return connection
  }

  /// The connection that changes `index.db`.
  func indexWriter() throws -> Database {
    if let indexConnection { return indexConnection }
    let connection = try openDatabase("index.db")
    indexConnection = connection
    return connection
  }

  /// The connection that changes `state.db`. What it commits is on the disk.
  public func stateWriter() throws(StoreError) -> Database {
    if let stateConnection { return stateConnection }
    let connection = try asStoreError { try openDatabase("state.db") }
    stateConnection = connection
    return connection
  }

  /// Closes all connections, so that files can be set aside.
  func closeDatabases() {
    lastingStatements = [:]
    knownFolders = [:]
    hasRekeyed = nil
    readerConnection = nil
    indexConnection = nil
    stateConnection = nil
    knownHashKey = nil
  }

  private func openReader() throws -> Database {
    if let database = try? openExistingReader() {
      preparedDatabases = true
      return database
    }
    // Missing, older or damaged: whatever it is, preparing finds out.
    preparedDatabases = false
    try prepareDatabases()
    guard let database = try openExistingReader() else { throw StoreError.busy(databaseDirectory) }
    return database
  }

  /// The reading connection where both databases exist in their present form.
  private func openExistingReader() throws -> Database? {
    if isReadOnly, !preparedDatabases { return nil }
    let database = try Database(
      path: databaseDirectory + "/index.db", access: .readWrite, busyTimeout: options.patience)
    try database.keepLogFiles()
    try Schema.configure(database, durable: false)
    // Matches of a search lie scattered over the file; two megabytes would have them read twice.
    try database.execute("PRAGMA cache_size=-16000")
    guard try database.integer("PRAGMA user_version") == Schema.indexVersion else { return nil }
    guard (try? fileStatus(databaseDirectory + "/state.db")) != nil else { return nil }
    let attach = try database.prepare("ATTACH ?1 AS state")
    attach.bind(databaseDirectory + "/state.db", at: 1)
    do {
      try attach.run()
    } catch {
      // QUIRK: SQLite calls a database whose table of tables is damaged one that it can't open.
      guard !error.isBusy, !isSound("state.db") else { throw error }
      throw SQLiteError.damaged(path: error.path)
    }
    guard try database.integer("PRAGMA state.user_version") == Schema.stateVersion else { return nil }
    return database
  }

  private func openDatabase(_ name: String) throws -> Database {
    try prepareDatabases()
    let database = try Database(path: "\(databaseDirectory)/\(name)", access: .readWrite, busyTimeout: options.patience)
    try database.keepLogFiles()
    try Schema.configure(database, durable: name == "state.db")
    // Thousands of changes lie scattered over the file; with two megabytes a page would be written again and again.
    try database.execute("PRAGMA cache_size=-32000")
    return database
  }

  // MARK: Hashes

  /// The key of the hashes in this index; random, so that no sender can make two Message-IDs collide.
  func hashKey() throws(StoreError) -> HashKey {
    if let knownHashKey { return knownHashKey }
    let database = try index()
    let key = try asStoreError {
      let words = try database.prepare("SELECT value FROM meta WHERE key IN ('hash0', 'hash1') ORDER BY key")
      var values: [UInt64] = []
      while try words.step() { values.append(UInt64(bitPattern: words.integer(0))) }
      guard values.count == 2 else { throw StoreError.notAStore(databaseDirectory + "/index.db") }
      return HashKey(values[0], values[1])
    }
    knownHashKey = key
    return key
  }

  /// The number under which `envelope.hash` has a Message-ID (given without angle brackets).
  public func messageIDHash(_ id: String) throws(StoreError) -> Int64 {
    try hashKey().hash(id)
  }
}
