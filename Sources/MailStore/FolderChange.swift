internal import MailBytes
internal import MailSQLite
internal import MailSystem

/// What the index has recorded about a folder.
struct RecordedFolder {
  var id: Int64
  var name: String
  /// Relative to the store's root.
  var path: String
  var cur: FolderListing.Half
  var new: FolderListing.Half
  /// When it was listed last, nanoseconds since 1970; 0: it must be listed again.
  var listed: Int64
  var role: FolderRole?

  func mayDiffer(from found: FoundFolder) -> Bool {
    curMayDiffer(from: found) || newMayDiffer(from: found)
  }

  func curMayDiffer(from found: FoundFolder) -> Bool {
    Freshness.mayHaveChanged(recorded: cur.time, listed: listed, present: found.curTime)
  }

  func newMayDiffer(from found: FoundFolder) -> Bool {
    Freshness.mayHaveChanged(recorded: new.time, listed: listed, present: found.newTime)
  }
}

/// A message of the index whose file is no longer there.
struct GoneMessage {
  var id: Int64
  var folder: Int64
  var flags: MessageFlags
  var size: Int64
}

/// A message of the index whose file has another name now: other flags, or moved from `new` to `cur`.
struct RenamedMessage {
  var id: Int64
  /// With `new/` or `cur/`.
  var name: [UInt8]
  /// Those of the name, and `recent`.
  var flags: MessageFlags
}

/// How a folder on disk differs from what the index has of it.
struct FolderChange {
  var found: FoundFolder
  /// The folder's number; 0 until it has one.
  var id: Int64
  var listing: FolderListing
  var appeared: [FolderListing.Entry] = []
  var renamed: [RenamedMessage] = []
  var gone: [GoneMessage] = []
  /// Nothing is left open. Otherwise the folder was changing all the time, and is listed again next time.
  var isSettled = true

  var isEmpty: Bool { appeared.isEmpty && renamed.isEmpty && gone.isEmpty }
}

/// The messages that the index has in a folder, to be compared with a listing.
struct KnownMessages {
  private(set) var ids: [Int64] = []
  private(set) var flags: [MessageFlags] = []
  private(set) var sizes: [Int64] = []
  private var names: [UInt8] = []
  private var starts: [Int32] = [0]
  /// Place by hash of the key.
  private(set) var places: [Int64: Int32] = [:]

  /// Reads them from the index; `newOnly`: those in `new/`.
  init(folder: Int64, newOnly: Bool, in index: Database, key: HashKey) throws {
    let condition = newOnly ? " AND flags & 64" : ""
    let select = try index.prepare("SELECT id, flags, size, name FROM message WHERE folder = ?1\(condition)")
    select.bind(folder, at: 1)
    while try select.step() {
      ids.append(select.integer(0))
      flags.append(MessageFlags(rawValue: select.integer(1)))
      sizes.append(select.integer(2))
      select.withBytes(3) { name in
        var keyEnd = min(4, name.count)
        while keyEnd < name.count, name[keyEnd] != UInt8(ascii: ","), name[keyEnd] != UInt8(ascii: ":") { keyEnd &+= 1 }
        places[key.hash(name.extracting(min(4, name.count)..<keyEnd))] = Int32(ids.count - 1)
        for index in 0..<name.count { names.append(name[index]) }
      }
      starts.append(Int32(truncatingIfNeeded: names.count))
    }
  }

  var count: Int { ids.count }

  /// With `new/` or `cur/`.
  func name(at place: Int) -> ArraySlice<UInt8> {
    names[Int(starts[place])..<Int(starts[place + 1])]
  }
}

extension FolderChange {
  /// Compares the folder with what the index has of it, and reads it again as often as needed until what is absent is
  /// known to be gone.
  ///
  /// One pass over a directory that another program renames in may miss a file that was there all the time. So a
  /// message that a listing lacks is only taken as gone when a later listing lacks it too, and nothing changed while that
  /// one was made.
  init(
    found: FoundFolder, recorded: RecordedFolder?, forced: Bool, index: Database, key: HashKey
  ) throws {
    self.found = found
    self.id = recorded?.id ?? 0
    var halves = FolderListing.Halves.both
    if let recorded, !forced {
      if !recorded.curMayDiffer(from: found) {
        halves = .new
      } else if !recorded.newMayDiffer(from: found) {
        halves = .cur
      }
    }
    listing = try FolderListing(folder: found.path, halves: halves, key: key)
    if recorded == nil || forced { try listUntilStable(key: key) }
    guard let recorded else {
      takeAll()
      return
    }
    if !forced, listing.equals(recorded, halves: halves) {
      listing.keep(from: recorded, halves: halves)
      return
    }
    if !forced, halves == .new, let entry = listing.onlyAddition(to: recorded.new) {
      appeared = [entry]
      listing.keep(from: recorded, halves: .new)
      return
    }
    if halves == .cur {
      // What left cur/ may have gone to new/ and the other way round: both are needed.
      halves = .both
      listing = try FolderListing(folder: found.path, key: key)
    }
    var known = try KnownMessages(folder: recorded.id, newOnly: halves == .new, in: index, key: key)
    var absent = compare(with: known)
    if !absent.isEmpty, halves == .new {
      // What left new/ may have gone to cur/ since the times were looked at.
      halves = .both
      known = try KnownMessages(folder: recorded.id, newOnly: false, in: index, key: key)
      listing = try FolderListing(folder: found.path, key: key)
      absent = compare(with: known)
    }
    if !absent.isEmpty { absent = try confirm(absent, known: known, key: key) }
    gone = absent.map {
      GoneMessage(id: known.ids[$0], folder: id, flags: known.flags[$0], size: known.sizes[$0])
    }
    listing.keep(from: recorded, halves: halves)
  }

  /// Lists the folder again until a listing is known to be whole; gives the places of those that are absent from that one
  /// and from the one before. Five attempts: then nothing is gone, and the folder is left open.
  private mutating func confirm(_ absent: [Int], known: KnownMessages, key: HashKey) throws -> [Int] {
    var before = Set(absent)
    for _ in 0..<5 {
      listing = try FolderListing(folder: found.path, key: key)
      let absent = compare(with: known)
      if absent.isEmpty { return [] }
      if listing.isStable {
        let gone = absent.filter(before.contains)
        isSettled = gone.count == absent.count
        return gone
      }
      before.formUnion(absent)
      sleep(nanoseconds: Freshness.resolution)
    }
    isSettled = false
    return []
  }

  /// Adds what further listings have, until one was made in which nothing changed: the first one may have missed files that
  /// another program renamed. After five the folder is left open.
  private mutating func listUntilStable(key: HashKey) throws {
    var isStable = listing.isStable
    for _ in 0..<5 where !isStable {
      sleep(nanoseconds: Freshness.resolution)
      var again = try FolderListing(folder: found.path, key: key)
      isStable = again.isStable
      again.add(entriesOf: listing)
      listing = again
    }
    isSettled = isStable
  }

  /// Everything in the listing is unknown; doubles of one key count once.
  private mutating func takeAll() {
    var places: [Int64: Int] = [:]
    places.reserveCapacity(listing.entries.count)
    for entry in listing.entries {
      if let place = places[entry.keyHash] {
        appeared[place] = entry
      } else {
        places[entry.keyHash] = appeared.count
        appeared.append(entry)
      }
    }
  }

  /// Fills `appeared` and `renamed`, and gives the places of the known messages that the listing lacks.
  private mutating func compare(with known: KnownMessages) -> [Int] {
    appeared = []
    renamed = []
    var match = [Int32](repeating: -1, count: known.count)
    var fresh: [Int64: Int] = [:]
    for (number, entry) in listing.entries.enumerated() {
      if let place = known.places[entry.keyHash] {
        match[Int(place)] = preferred(match[Int(place)], Int32(number), known: known.name(at: Int(place)))
      } else if let place = fresh[entry.keyHash] {
        appeared[place] = entry
      } else {
        fresh[entry.keyHash] = appeared.count
        appeared.append(entry)
      }
    }
    var absent: [Int] = []
    for place in 0..<known.count {
      guard match[place] >= 0 else {
        absent.append(place)
        continue
      }
      let entry = listing.entries[Int(match[place])]
      let name = listing.pathName(of: entry)
      if !name.elementsEqual(known.name(at: place)) {
        renamed.append(
          RenamedMessage(
            id: known.ids[place], name: name,
            flags: entry.flags))
      }
    }
    return absent
  }

  /// Which of two entries with one key stands for the message: the one the index has already, else the later one.
  private func preferred(_ first: Int32, _ second: Int32, known: ArraySlice<UInt8>) -> Int32 {
    guard first >= 0 else { return second }
    return listing.pathName(of: listing.entries[Int(first)]).elementsEqual(known) ? first : second
  }
}

extension FolderListing {
  /// The name of `entry` with `new/` or `cur/`.
  func pathName(of entry: Entry) -> [UInt8] {
    (entry.isNew ? Array("new/".utf8) : Array("cur/".utf8)) + name(of: entry)
  }

  /// Takes over the entries of an earlier listing whose key is not here; count and sum stay those of this one.
  mutating func add(entriesOf earlier: FolderListing) {
    let known = Set(entries.map(\.keyHash))
    for entry in earlier.entries where !known.contains(entry.keyHash) {
      var copy = entry
      copy.start = Int32(truncatingIfNeeded: names.count)
      names += earlier.name(of: entry)
      entries.append(copy)
    }
  }

  func equals(_ recorded: RecordedFolder, halves: Halves) -> Bool {
    (halves == .cur || (new.count == recorded.new.count && new.sum == recorded.new.sum))
      && (halves == .new || (cur.count == recorded.cur.count && cur.sum == recorded.cur.sum))
  }

  /// Takes over what is recorded of the half that was not read.
  mutating func keep(from recorded: RecordedFolder, halves: Halves) {
    if halves == .cur { new = recorded.new }
    if halves == .new { cur = recorded.cur }
  }

  /// The entry of `new/` that alone makes the difference to `before`: one more, whose hash is the difference of the sums.
  func onlyAddition(to before: Half) -> Entry? {
    guard new.count == before.count + 1 else { return nil }
    let difference = new.sum &- before.sum
    return entries.first { $0.isNew && fastHash(name(of: $0).span) == difference }
  }
}
