internal import MailSQLite

extension ContactBook {
  /// Contacts that may be the same person.
  public struct DuplicateGroup: Sendable {
    public enum Reason: String, Sendable {
      /// They have an address or a number in common, and the same name.
      case same
      /// They have an address or a number in common.
      case address
      /// They have the same name alone.
      case name
    }

    public var contacts: [Contact]
    public var reason: Reason
  }

  /// The contacts of the book called `name` that may be the same person.
  public func duplicates(in name: String? = nil) throws(ContactError) -> [DuplicateGroup] {
    let book = try book(name)
    return try asContactError {
      guard let database = try book.reading() else { return [] }
      let byAddress = try groups(
        """
        SELECT key, contact FROM contact_address WHERE key IN (
          SELECT key FROM contact_address GROUP BY key HAVING count(DISTINCT contact) > 1) ORDER BY key
        """, in: database)
      let byName = try groups(
        """
        SELECT key, id FROM contact WHERE key IN (
          SELECT key FROM contact GROUP BY key HAVING count(*) > 1) ORDER BY key
        """, in: database)
      var result: [DuplicateGroup] = []
      var seen: Set<[Int64]> = []
      for (sets, usual) in [(byAddress, DuplicateGroup.Reason.address), (byName, .name)] {
        for ids in connected(sets) where !seen.contains(where: { Set($0).isSuperset(of: ids) }) {
          seen.insert(ids)
          let contacts = try ids.compactMap { try book.contact($0, in: database) }
          guard contacts.count > 1 else { continue }
          let hasOneName = Set(contacts.map { folded($0.name) }).count == 1
          result.append(DuplicateGroup(contacts: contacts, reason: usual == .address && hasOneName ? .same : usual))
        }
      }
      return result
    }
  }

  private func groups(_ sql: String, in database: Database) throws -> [[Int64]] {
    let select = try database.prepare(sql)
    var groups: [[Int64]] = []
    var last: String?
    while try select.step() {
      let key = select.text(0)
      if key != last { groups.append([]) }
      last = key
      groups[groups.count - 1].append(select.integer(1))
    }
    return groups
  }

  /// Sets that have a member in common, joined; the numbers of each in order.
  private func connected(_ sets: [[Int64]]) -> [[Int64]] {
    var parent: [Int64: Int64] = [:]
    func root(_ id: Int64) -> Int64 {
      var id = id
      while let next = parent[id], next != id { id = next }
      return id
    }
    for set in sets {
      guard let first = set.first else { continue }
      for id in set {
        let (one, other) = (root(first), root(id))
        parent[max(one, other)] = min(one, other)
        parent[min(one, other)] = min(one, other)
      }
    }
    let ids = Set(sets.flatMap { $0 })
    return Dictionary(grouping: ids, by: { root($0) }).values.map { $0.sorted() }.sorted {
      ($0.first ?? 0) < ($1.first ?? 0)
    }
  }

  /// Makes one contact of several of the same book: the first takes over what the others have, and their places in lists; the
  /// others are gone. One transaction.
  public func merge(_ contacts: [Contact]) throws(ContactError) -> Contact {
    var distinct: [Contact] = []
    for contact in contacts where !distinct.contains(where: { $0.id == contact.id && $0.book == contact.book }) {
      distinct.append(contact)
    }
    guard let first = distinct.first, distinct.count > 1 else {
      throw .badContact("two different contacts are needed to merge them")
    }
    guard distinct.allSatisfy({ $0.book == first.book }) else {
      throw .badContact("contacts of different address books can't be merged")
    }
    let (book, others) = (try book(first.book), distinct.dropFirst())
    return try book.changing { database in
      guard var merged = try book.contact(first.id, in: database) else { throw ContactError.noSuchContact(first.name) }
      let move = try database.prepare("UPDATE contact_list_member SET contact = ?2 WHERE contact = ?1")
      for other in others {
        guard let present = try book.contact(other.id, in: database) else {
          throw ContactError.noSuchContact(other.name)
        }
        merged.merge(present)
        move.bind(other.id, at: 1)
        move.bind(first.id, at: 2)
        try move.run()
        _ = try book.remove(other.id, in: database)
      }
      merged = try checked(merged)
      try book.put(merged, at: time, in: database)
      return merged
    }
  }
}
