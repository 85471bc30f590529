import MailSQLite
import Testing

@Suite struct DatabaseTests {
  let database: Database

  init() throws {
    database = try Database(path: ":memory:", access: .create)
    try database.execute("CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT, c BLOB)")
  }

  @Test func valuesComeBackAsTheyWentIn() throws {
    let insert = try database.prepare("INSERT INTO t(a, b, c) VALUES(?1, ?2, ?3)")
    insert.bind(-5, at: 1)
    insert.bind("naïve\u{0}x", at: 2)
    insert.bind(blob: [0, 255, 7], at: 3)
    try insert.run()
    insert.bind(6, at: 1)
    insert.bind("", at: 2)
    insert.bind(blob: [], at: 3)
    try insert.run()
    let select = try database.prepare("SELECT a, b, c FROM t ORDER BY a")
    #expect(try select.step())
    #expect(select.integer(0) == -5)
    #expect(select.text(1) == "naïve\u{0}x")
    #expect(select.bytes(2) == [0, 255, 7])
    #expect(try select.step())
    #expect(select.text(1) == "")
    #expect(select.isNull(1) == false)
    #expect(select.bytes(2) == [])
    #expect(try select.step() == false)
  }

  @Test func anErrorTakesATransactionBack() throws {
    struct Stop: Error {}
    #expect(throws: Stop.self) {
      try database.transaction {
        try database.execute("INSERT INTO t(a) VALUES(1)")
        throw Stop()
      }
    }
    #expect(database.isAutocommit)
    #expect(try database.integer("SELECT count(*) FROM t") == 0)
  }

  @Test func aWrongStatementTellsWhatSQLiteSays() {
    #expect {
      try database.prepare("SELECT a FROM nowhere")
    } throws: { error in
      (error as? SQLiteError)?.message.contains("nowhere") == true
    }
  }

  @Test func aFileOfGarbageIsDamaged() throws {
    let path = "/tmp/postbag-sqlite-\(UInt64.random(in: 0...UInt64.max)).db"
    let other = try Database(path: path, access: .create)
    try other.execute("CREATE TABLE t(a)")
    try other.execute("PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql='CREATE TABLE t(' WHERE name='t'")
    let again = try Database(path: path, access: .readOnly)
    #expect {
      try again.prepare("SELECT * FROM t")
    } throws: { error in
      (error as? SQLiteError)?.isDamaged == true
    }
    try other.execute("PRAGMA writable_schema=OFF")
  }

  @Test func anImmutableNameIsEscaped() {
    #expect(Database.immutableURI(of: "/a b/c?d#é") == "file:/a%20b/c%3fd%23%c3%a9?immutable=1")
  }
}
