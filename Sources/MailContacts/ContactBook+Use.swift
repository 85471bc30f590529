public import MailMIME
internal import MailSQLite
internal import MailStore
internal import MailSystem
internal import Maildir

extension ContactBook {
  /// Notes that a message was sent to `addresses` at `time`, in seconds since 1970: they are offered earlier from now on, and
  /// those that are no contacts are offered after the contacts. Nothing happens where the configuration doesn't want it, or
  /// the store can't be written.
  public func recordUse(of addresses: [Address], at time: Int64) throws(ContactError) {
    guard settings.harvests, !store.isReadOnly, !addresses.isEmpty else { return }
    let own = Set(settings.user.map { mailKey($0) })
    try privateBook.changing { database in
      let known = try Known(database)
      for address in addresses where !own.contains(mailKey(mailAddress(address.address))) {
        try known.record(address, .sent, at: time)
      }
    }
  }

  /// Keeps addresses from being offered as correspondents; those that were never known are given back.
  public func forget(_ addresses: [String]) throws(ContactError) -> [String] {
    try privateBook.changing { database in
      let known = try Known(database)
      return try addresses.filter { try !known.hide($0) }
    }
  }

  /// How much of the store's index has been looked at.
  public struct Harvest: Sendable, Equatable {
    /// Messages that were looked at.
    public var messages = 0
    /// Messages that have still to be looked at.
    public var rest = 0
  }

  /// Looks at the messages that came into the index since the last time, and remembers who wrote them or, in the Sent folder,
  /// whom they went to. Junk, Trash, drafts and mailing lists are left out. Ends early after `limit` messages, or when an
  /// interrupt asks for it; what was done is kept.
  @discardableResult
  public func harvest(
    limit: Int = .max, progress: ((Int, Int) -> Void)? = nil
  ) throws(ContactError) -> Harvest {
    try asContactError {
      guard !store.isReadOnly, let state = try privateBook.reading() else { return Harvest() }
      return try Harvester(store: store, state: state, own: settings.user).run(limit: limit, progress: progress)
    }
  }

  /// How many new messages are looked at before a query is answered.
  static let catchUpLimit: Int64 = 500

  /// Looks at the few messages that came since the last query; where many wait, `harvest` has to be asked. A store that is
  /// busy or full answers from what is known.
  func catchUp(in state: Database) throws {
    guard !store.isReadOnly, case 1...ContactBook.catchUpLimit = try Harvester.waiting(state) else { return }
    do {
      // What is lost in a power cut is found again.
      try state.execute("PRAGMA busy_timeout=0; PRAGMA synchronous=NORMAL")
      try Harvester(store: store, state: state, own: settings.user).run(limit: .max)
    } catch {
      // The answer is only less complete.
      state.rollBack()
    }
    try state.execute("PRAGMA busy_timeout=\(store.options.patience); PRAGMA synchronous=FULL")
  }
}
