internal import MailSQLite

/// Which conversation every Message-ID that was ever mentioned belongs to.
///
/// Two messages are in one conversation when one refers to the other, or both to a third, through any number of steps:
/// so the result is the same in whatever order they come. A conversation's number is the id of the message that began it
/// here; where a late message joins two, the smaller number stays.
final class ThreadTable {
  private let index: Database
  private let select: Statement
  private let insert: Statement
  private var known: [Int64: Int64] = [:]
  private var fresh: [(hash: Int64, thread: Int64)] = []
  private var aliases: [Int64: Int64] = [:]
  /// All of the table is in `known`.
  private var isComplete = false
  private var hasBegun = false

  init(index: Database) throws {
    self.index = index
    select = try index.prepare("SELECT thread FROM reference WHERE hash = ?1", lasting: true)
    insert = try index.prepare("INSERT OR IGNORE INTO reference(hash, thread) VALUES(?1, ?2)", lasting: true)
  }

  /// Makes ready for about `count` messages: for many, the whole table is read into memory once.
  func begin(expecting count: Int) throws {
    if !hasBegun {
      let all = try index.prepare("SELECT thread, target FROM thread_alias")
      while try all.step() { aliases[all.integer(0)] = all.integer(1) }
      hasBegun = true
    }
    guard count >= 500, !isComplete else { return }
    known.reserveCapacity(count * 2)
    let all = try index.prepare("SELECT hash, thread FROM reference")
    while try all.step() { known[all.integer(0)] = all.integer(1) }
    isComplete = true
  }

  /// The conversation of the message `id`, which mentions the Message-IDs `hashes` (its own among them).
  func thread(ofMessage id: Int64, mentioning hashes: [Int64]) throws -> Int64 {
    var thread: Int64 = 0
    var unknown: [Int64] = []
    for hash in hashes {
      guard let found = try lookUp(hash).map(resolve) else {
        unknown.append(hash)
        continue
      }
      if thread == 0 || found == thread {
        thread = found
      } else {
        try merge(max(found, thread), into: min(found, thread))
        thread = min(found, thread)
      }
    }
    if thread == 0 { thread = id }
    for hash in unknown {
      known[hash] = thread
      fresh.append((hash, thread))
    }
    return thread
  }

  /// Writes what is new, in the order of the table.
  func flush() throws {
    fresh.sort { $0.hash < $1.hash }
    for (hash, thread) in fresh {
      insert.bind(hash, at: 1)
      insert.bind(thread, at: 2)
      try insert.run()
    }
    fresh.removeAll(keepingCapacity: true)
  }

  private func lookUp(_ hash: Int64) throws -> Int64? {
    if let thread = known[hash] { return thread }
    if isComplete { return nil }
    select.bind(hash, at: 1)
    guard try select.step() else { return nil }
    let thread = select.integer(0)
    select.reset()
    known[hash] = thread
    return thread
  }

  private func resolve(_ thread: Int64) -> Int64 {
    var thread = thread
    while let next = aliases[thread] { thread = next }
    return thread
  }

  private func merge(_ from: Int64, into target: Int64) throws {
    aliases[from] = target
    try index.execute(
      """
      INSERT OR REPLACE INTO thread_alias(thread, target) VALUES(\(from), \(target));
      UPDATE message SET thread = \(target) WHERE thread = \(from);
      """)
  }
}
