internal import CSQLite
internal import MailSQLite

/// The relevance of a row of the full-text table, as a function that FTS5 calls: `postbag_relevance(text)`.
///
/// For each word or phrase of the query: where it stands (subject and sender weigh more), how often (each further time
/// adds less), and how rare it is, added up.
enum RankingFunction {
  static let name = "postbag_relevance"

  /// Weights of the columns: subject, sender, recipient, copy, body, attachment.
  private static let weights: [Double] = [6, 4, 2, 1.5, 1, 2]
  /// The weight at which a word has half of its full effect.
  private static let halfWeight = 3.0
  /// No more places of one phrase in one message are looked at.
  private static let countedPlaces = 50
  /// Phrases in more rows than this count as common; counting on would cost more than it tells.
  private static let countedRows = 2_000

  /// Makes the function known to `database`.
  static func register(in database: Database) throws(SQLiteError) {
    var statement: OpaquePointer?
    guard unsafe sqlite3_prepare_v2(database.handle, "SELECT fts5(?1)", -1, &statement, nil) == SQLITE_OK else {
      throw database.lastError()
    }
    defer { unsafe sqlite3_finalize(statement) }
    var code = SQLITE_ERROR
    unsafe withUnsafeTemporaryAllocation(of: UnsafeMutablePointer<fts5_api>?.self, capacity: 1) { cell in
      unsafe cell.initialize(repeating: nil)
      guard unsafe sqlite3_bind_pointer(statement, 1, cell.baseAddress, "fts5_api_ptr", nil) == SQLITE_OK,
        unsafe sqlite3_step(statement) == SQLITE_ROW, let api = unsafe cell[0]
      else { return }
      code = unsafe api.pointee.xCreateFunction(api, name, nil, relevance, nil)
    }
    guard code == SQLITE_OK else {
      throw SQLiteError(code: code, message: "FTS5 doesn't take a function", path: database.path)
    }
  }

  /// The rarity of each phrase of the query, computed once for all rows.
  private static func rarities(
    _ api: UnsafePointer<Fts5ExtensionApi>, _ context: OpaquePointer
  ) -> UnsafeMutablePointer<Double>? {
    if let known = unsafe api.pointee.xGetAuxdata(context, 0) {
      return unsafe known.assumingMemoryBound(to: Double.self)
    }
    let count = unsafe Int(api.pointee.xPhraseCount(context))
    guard let memory = unsafe sqlite3_malloc64(UInt64(max(count, 1) * MemoryLayout<Double>.stride)) else { return nil }
    let rarities = unsafe memory.bindMemory(to: Double.self, capacity: max(count, 1))
    for phrase in 0..<count {
      // A single phrase is as rare as itself.
      var rows = countedRows
      if count > 1 {
        rows = 0
        _ = unsafe api.pointee.xQueryPhrase(
          context, Int32(phrase), &rows,
          { _, _, counter in
            guard let counter = unsafe counter?.assumingMemoryBound(to: Int.self) else { return SQLITE_DONE }
            unsafe counter.pointee += 1
            return unsafe counter.pointee >= RankingFunction.countedRows ? SQLITE_DONE : SQLITE_OK
          })
      }
      unsafe rarities[phrase] = rarity(rows: rows)
    }
    guard unsafe api.pointee.xSetAuxdata(context, memory, sqlite3_free) == SQLITE_OK else { return nil }
    return unsafe rarities
  }

  /// From 1 for a common phrase to about 4.5 for one that stands in one message.
  private static func rarity(rows: Int) -> Double {
    var rarity = 1.0
    var rows = max(rows, 1)
    // Half a point for each time that the number of rows doubles, without a logarithm's precision.
    while rows < countedRows {
      rarity += 0.32
      rows *= 2
    }
    return rarity
  }

  private static let relevance: fts5_extension_function = { api, context, result, _, _ in
    guard let api = unsafe api, let context = unsafe context else { return }
    guard let rarities = unsafe RankingFunction.rarities(api, context) else {
      unsafe sqlite3_result_error_nomem(result)
      return
    }
    var score = 0.0
    for phrase in 0..<(unsafe api.pointee.xPhraseCount(context)) {
      var iterator = unsafe Fts5PhraseIter()
      var column: Int32 = 0
      var offset: Int32 = 0
      guard unsafe api.pointee.xPhraseFirst(context, phrase, &iterator, &column, &offset) == SQLITE_OK else { return }
      var weight = 0.0
      var places = 0
      while column >= 0, places < RankingFunction.countedPlaces {
        if Int(column) < RankingFunction.weights.count { weight += RankingFunction.weights[Int(column)] }
        places += 1
        unsafe api.pointee.xPhraseNext(context, &iterator, &column, &offset)
      }
      score += unsafe rarities[Int(phrase)] * weight / (weight + RankingFunction.halfWeight)
    }
    unsafe sqlite3_result_double(result, score)
  }
}
