internal import MailSQLite

/// What reports say of other messages: `report` in `index.db`, made of the reports themselves.
///
/// A report and the message that it is about may come in any order, and each may go: the marks of a message are those of the
/// reports that are there. Triggers keep them so when a report comes or goes; a message that comes looks them up.
struct ReportTable {
  /// `original` is the keyed hash of the Message-ID, as in `envelope.hash`; `mark` the flag that the message gets.
  static let tables = """
    CREATE TABLE report(
      message INTEGER NOT NULL, place INTEGER NOT NULL, original INTEGER NOT NULL, kind TEXT NOT NULL,
      mark INTEGER NOT NULL, time INTEGER NOT NULL, recipient TEXT NOT NULL, status TEXT NOT NULL, words TEXT NOT NULL,
      PRIMARY KEY(message, place)) WITHOUT ROWID;
    CREATE INDEX report_original ON report(original, mark);
    CREATE TRIGGER report_came AFTER INSERT ON report BEGIN
      UPDATE message SET flags = flags | NEW.mark WHERE id IN (SELECT id FROM envelope WHERE hash = NEW.original);
    END;
    CREATE TRIGGER report_went AFTER DELETE ON report BEGIN
      UPDATE message SET flags = flags & ~OLD.mark
        | iif(EXISTS(SELECT 1 FROM report WHERE original = OLD.original AND mark = OLD.mark), OLD.mark, 0)
      WHERE id IN (SELECT id FROM envelope WHERE hash = OLD.original);
    END;
    """

  private let insert: Statement
  private let select: Statement
  private let memory: Memory

  /// Whether there is any report, so that a store without them asks nothing.
  private final class Memory {
    var isFilled: Bool
    init(isFilled: Bool) { self.isFilled = isFilled }
  }

  init(index: Database) throws {
    insert = try index.prepare(
      """
      INSERT OR REPLACE INTO report(message, place, original, kind, mark, time, recipient, status, words)
      VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
      """, lasting: true)
    select = try index.prepare("SELECT DISTINCT mark FROM report WHERE original = ?1", lasting: true)
    memory = Memory(isFilled: try index.integer("SELECT 1 FROM report LIMIT 1") != nil)
  }

  /// The marks that reports give the message whose Message-ID has this hash.
  func marks(ofMessage hash: Int64?) throws -> MessageFlags {
    guard memory.isFilled, let hash else { return [] }
    select.bind(hash, at: 1)
    var marks: MessageFlags = []
    while try select.step() { marks.insert(MessageFlags(rawValue: select.integer(0))) }
    return marks
  }

  /// Puts in what the message `id`, of the date `time`, reports.
  func add(_ reports: [ReportRecord], from id: Int64, at time: Int64, key: HashKey) throws {
    memory.isFilled = true
    for (place, report) in reports.enumerated() {
      insert.bind(id, at: 1)
      insert.bind(Int64(place), at: 2)
      insert.bind(key.hash(report.original), at: 3)
      insert.bind(report.kind.rawValue, at: 4)
      insert.bind(report.kind.mark.rawValue, at: 5)
      insert.bind(time, at: 6)
      insert.bind(report.recipient, at: 7)
      insert.bind(report.status, at: 8)
      insert.bind(report.words, at: 9)
      try insert.run()
    }
  }
}
