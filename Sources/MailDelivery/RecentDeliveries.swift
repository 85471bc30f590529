internal import MailBytes
internal import MailSystem

/// What was delivered in the last days, for the suppression of duplicates: `postbag/delivered` in the store. A secret key in
/// its first line, then a line `seconds digest` for each message. Locked from the question until the answer is recorded, so
/// that of two equal messages delivered at the same moment one is dropped.
struct RecentDeliveries: ~Copyable {
  private let path: String
  private let file: File
  private let lock: FileLock
  private let key: Key
  private var records: [Record]
  private let isTidy: Bool

  /// Opens the record of the store at `root`; `oldest` is the first second since 1970 that is recent.
  init(store root: String, oldest: Int64) throws(SystemError) {
    let directory = "\(root)/postbag"
    do throws(SystemError) { try createDirectory(directory) } catch { guard error.isExisting else { throw error } }
    let path = "\(directory)/delivered"
    let lock = try FileLock("\(path).lock", patience: 10_000_000_000)
    let file = try File(path, [.readWrite, .create, .append])
    let contents = Contents(try readToEnd(file.descriptor, path: path), oldest: oldest)
    self.path = path
    self.lock = lock
    self.file = file
    key = contents.key
    records = contents.records
    isTidy = contents.isTidy
  }

  /// The digest of `message`, and whether it was delivered before. Nil when it has no `Message-ID` to be known by.
  func look(for message: StagedMessage) throws(SystemError) -> (digest: UInt64, isKnown: Bool)? {
    guard let digest = try message.digest(key.hash) else { return nil }
    return (digest, records.contains { $0.digest == digest })
  }

  /// Records that the message of `digest` was delivered at `seconds`.
  mutating func record(_ digest: UInt64, at seconds: Int64) throws(SystemError) {
    let record = Record(time: seconds, digest: digest)
    records.append(record)
    if isTidy {
      try file.write(Array(record.line.utf8))
      try file.synchronise()
    } else {
      try replaceFile(path, with: Array((key.line + records.map(\.line).joined()).utf8))
    }
  }
}

/// The secret of one store's record: nobody can make a message that looks delivered.
private struct Key {
  let first: UInt64
  let second: UInt64

  init() { (first, second) = (UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max)) }

  init?(parsing line: Substring) {
    let fields = line.split(separator: " ")
    guard fields.count == 3, fields[0] == "key", let first = UInt64(fields[1], radix: 16),
      let second = UInt64(fields[2], radix: 16)
    else { return nil }
    (self.first, self.second) = (first, second)
  }

  var hash: KeyedHash { KeyedHash(key0: first, key1: second) }
  var line: String { "key \(String(first, radix: 16)) \(String(second, radix: 16))\n" }
}

private struct Record {
  let time: Int64
  let digest: UInt64

  init(time: Int64, digest: UInt64) { (self.time, self.digest) = (time, digest) }

  init?(parsing line: Substring) {
    let fields = line.split(separator: " ")
    guard fields.count == 2, let time = Int64(fields[0]), let digest = UInt64(fields[1], radix: 16) else { return nil }
    (self.time, self.digest) = (time, digest)
  }

  var line: String { "\(time) \(String(digest, radix: 16))\n" }
}

/// What the file says: what is damaged or too old is left out.
private struct Contents {
  let key: Key
  var records: [Record] = []
  /// The file can be added to as it is.
  let isTidy: Bool

  init(_ bytes: [UInt8], oldest: Int64) {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    guard let key = lines.first.flatMap({ Key(parsing: $0) }) else {
      key = Key()
      isTidy = false
      return
    }
    self.key = key
    var dropped = 0
    for line in lines.dropFirst().dropLast() {
      if let record = Record(parsing: line), record.time >= oldest { records.append(record) } else { dropped += 1 }
    }
    isTidy = lines.last == "" && dropped < 1000
  }
}
