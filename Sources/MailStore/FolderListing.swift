internal import MailBytes
internal import MailSystem
internal import Maildir

/// What lay in the two halves of a folder when they were read.
struct FolderListing {
  /// A message file: its name is a range of `names`.
  struct Entry {
    var start: Int32
    var length: Int32
    /// The part of the name before the first `,` or `:`.
    var keyLength: Int32
    var isNew: Bool
    /// Those of the name, and `recent`.
    var flags: MessageFlags
    /// The keyed hash of the key.
    var keyHash: Int64
  }

  /// One half (`cur` or `new`): what lets one tell later whether anything has changed.
  struct Half: Equatable {
    /// The modification time of the directory before it was read, nanoseconds.
    var time: Int64 = -1
    var count: Int64 = 0
    /// The wrapping sum of the hashes of all names.
    var sum: UInt64 = 0
  }

  var names: [UInt8] = []
  var entries: [Entry] = []
  var new = Half()
  var cur = Half()
  /// When reading began, nanoseconds since 1970.
  var started: Int64 = 0
  /// Nothing changed in either directory while it was read, as far as their times tell.
  var isStable = true

  /// Reads the folder at `path`. `new/` comes first: a message that moves on to `cur/` meanwhile is seen there.
  init(folder path: String, halves: Halves = .both, key: HashKey) throws {
    started = now()
    if halves != .cur { new = try read(path + "/new", isNew: true, key: key) }
    if halves != .new { cur = try read(path + "/cur", isNew: false, key: key) }
    // Only now: a message may have gone from one half to the other between the two readings.
    if halves != .cur { checkStable(path + "/new", new) }
    if halves != .new { checkStable(path + "/cur", cur) }
  }

  private mutating func checkStable(_ directory: String, _ half: Half) {
    // A directory that has gone has no time, and differs from what it was.
    let time = (try? fileStatus(directory).modificationTime) ?? -1
    if time != half.time || time > started - Freshness.resolution { isStable = false }
  }

  /// Which of the two directories is read.
  enum Halves { case new, cur, both }

  private mutating func read(_ directory: String, isNew: Bool, key: HashKey) throws -> Half {
    var half = Half()
    do {
      half.time = try fileStatus(directory).modificationTime
      try forEachDirectoryEntry(at: directory) { name, type in
        guard name.count > 0, name[0] != UInt8(ascii: "."),
          type == EntryType.regular || type == EntryType.unknown || type == EntryType.symbolicLink
        else { return }
        // A path is a String here; a name that can't be one is left out (and reported by `check`).
        guard isASCII(name) || isValidUTF8(name) else { return }
        // A link counts when it leads to a file: not to nowhere, and not to a pipe, which could be waited for without end.
        if type != EntryType.regular {
          let path = "\(directory)/\(String(decoding: copy(name), as: UTF8.self))"
          guard (try? fileStatus(path))?.isRegular == true else { return }
        }
        half.count &+= 1
        half.sum = half.sum &+ fastHash(name)
        append(name, isNew: isNew, key: key)
      }
    } catch let error as SystemError where error.isNotFound {
      // A folder may lack one half (other programs make `new` late), or vanish while it is read.
    }
    return half
  }

  private mutating func append(_ name: Span<UInt8>, isNew: Bool, key: HashKey) {
    let fields = NameFields(name)
    let entry = Entry(
      start: Int32(truncatingIfNeeded: names.count), length: Int32(truncatingIfNeeded: name.count),
      keyLength: Int32(truncatingIfNeeded: fields.keyLength), isNew: isNew,
      flags: MessageFlags(fields.flags, isNew: isNew), keyHash: key.hash(name.extracting(0..<fields.keyLength)))
    for index in 0..<name.count { names.append(name[index]) }
    entries.append(entry)
  }

  /// The name of `entry`, without `new/` or `cur/`.
  func name(of entry: Entry) -> ArraySlice<UInt8> {
    names[Int(entry.start)..<Int(entry.start) + Int(entry.length)]
  }

  /// The key of `entry`.
  func key(of entry: Entry) -> ArraySlice<UInt8> {
    names[Int(entry.start)..<Int(entry.start) + Int(entry.keyLength)]
  }
}

/// How a directory's modification time is to be taken.
enum Freshness {
  /// Changes within this time before a directory was read may not show in its time afterwards: the clock that file
  /// systems use ticks every few milliseconds. (git calls such times racy.)
  static let resolution: Int64 = 20_000_000

  /// Whether a directory that had the time `recorded` when it was read from `listed` on, and has the time `present`
  /// now, may have changed.
  static func mayHaveChanged(recorded: Int64, listed: Int64, present: Int64) -> Bool {
    present != recorded || recorded > listed - resolution
  }
}
