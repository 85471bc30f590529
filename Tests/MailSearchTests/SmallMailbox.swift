import MailBytes
import MailQuery
import MailSQLite
import MailSystem

@testable import MailSearch
@testable import MailStore

/// A message as the tests see it.
struct Sample {
  var id: Int64 = 0
  var folder: Int64 = 1
  var subject = ""
  var sender = ""
  var recipient = ""
  var copy = ""
  var body = ""
  var attachment = ""
  var people: [(address: String, role: Int64)] = []
  var flags: MessageFlags = []
  var date: Int64 = 0
  var received: Int64 = 0
  var size: Int64 = 0
  var thread: Int64 = 0
  var messageID = ""
  var tags: [String] = []
  var comment: String?
  /// It was in the store once; its words are still in the index.
  var isGone = false
}

/// The two databases of a store, filled by hand.
final class SmallMailbox {
  let directory: String
  let database: Database
  static let folders: [(id: Int64, name: String, role: FolderRole?)] = [
    (1, "Inbox", .inbox), (2, "Work", nil), (3, "Work/Old", nil), (4, "Trash", .trash), (5, "Junk", .junk),
    (6, "Trash/Deleted", nil),
  ]

  init(_ samples: [Sample]) throws {
    directory = "/tmp/mail-search-tests.\(processID()).\(UInt64.random(in: 0...(.max)))"
    try createDirectory(directory, permissions: 0o700)
    let state = try Database(path: directory + "/state.db", access: .create)
    try state.execute(Schema.state)
    database = try Database(path: directory + "/index.db", access: .create)
    try database.execute("PRAGMA synchronous=OFF")
    try database.execute(Schema.index)
    try database.execute("ATTACH '\(directory)/state.db' AS state")
    try database.transaction {
      for folder in SmallMailbox.folders {
        let total = samples.count { $0.folder == folder.id && !$0.isGone }
        try insert(
          """
          INSERT INTO folder(id, name, path, role, cur_time, new_time, listed, cur_count, cur_sum, new_count, new_sum, total)
          VALUES(?, ?, '', ?, 0, 0, 0, 0, 0, 0, 0, ?)
          """, folder.id, folder.name, folder.role?.rawValue, Int64(total))
      }
      for sample in samples { try add(sample) }
    }
  }

  deinit {
    for name in ["state.db", "index.db"] { try? removeFile("\(directory)/\(name)") }
    try? removeDirectory(directory)
  }

  func searcher(_ thresholds: Searcher.Thresholds = Searcher.Thresholds()) throws -> Searcher {
    let searcher = try Searcher(database: database, messageIDHash: { SmallMailbox.hash($0) })
    searcher.thresholds = thresholds
    return searcher
  }

  /// Makes many Message-IDs collide, as hashes may.
  static func hash(_ id: String) -> Int64 { Int64(id.utf8.count) }

  private func add(_ sample: Sample) throws {
    try insert(
      "INSERT INTO text(rowid, subject, sender, recipient, copy, body, attachment) VALUES(?, ?, ?, ?, ?, ?, ?)",
      sample.id, cjkBigrams(sample.subject), sample.sender, sample.recipient, sample.copy, cjkBigrams(sample.body),
      sample.attachment)
    for person in sample.people {
      let domain = person.address.split(separator: "@").last.map { String($0) }
      try insert("INSERT OR IGNORE INTO address(address, domain) VALUES(?, ?)", person.address, domain)
      try insert(
        "INSERT OR IGNORE INTO correspondent SELECT id, ?, ? FROM address WHERE address = ?", sample.id, person.role,
        person.address)
    }
    if sample.isGone { return try insert("INSERT INTO tombstone(id) VALUES(?)", sample.id) }
    try insert(
      """
      INSERT INTO message(id, folder, name, flags, date, received, size, thread, sender, subject, sender_address,
        recipients, message_id) VALUES(?, ?, '', ?, ?, ?, ?, ?, ?, ?, '', '', ?)
      """, sample.id, sample.folder, sample.flags.rawValue, sample.date, sample.received, sample.size, sample.thread,
      sample.sender, sample.subject, sample.messageID)
    try insert("INSERT INTO envelope(id, hash) VALUES(?, ?)", sample.id, SmallMailbox.hash(sample.messageID))
    for tag in sample.tags {
      try insert("INSERT OR IGNORE INTO state.tag(name) VALUES(?)", tag)
      try insert("INSERT INTO state.message_tag SELECT ?, id FROM state.tag WHERE name = ?", sample.id, tag)
    }
    if let comment = sample.comment { try insert("INSERT INTO state.comment VALUES(?, ?, 0)", sample.id, comment) }
  }

  func insert(_ sql: String, _ values: Any?...) throws {
    let statement = try database.prepare(sql)
    for (index, value) in values.enumerated() {
      switch value {
      case let number as Int64: statement.bind(number, at: Int32(index + 1))
      case let text as String: statement.bind(text, at: Int32(index + 1))
      default: statement.bindNull(at: Int32(index + 1))
      }
    }
    try statement.run()
  }
}
