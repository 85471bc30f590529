internal import MailBytes
internal import MailSystem

/// What was delivered in the last days, for the suppression of duplicates: `postbag/delivered` in the store. A secret key in
/// its first line, then a line `seconds digest` for each message. Locked from the question until the answer is recorded, so
/// that of two equal messages delivered at the same moment one is dropped.
struct RecentDeliveries: ~Copyable {
  private let path: String
  private let file: File
  private let lock: FileLock
  private let hash: KeyedHash
  private let keyLine: String
  private var records: [(time: Int64, digest: UInt64)] = []
  private let isTidy: Bool

  /// Opens the record of the store at `root`; `oldest` is the first second since 1970 that is recent.
  init(store root: String, oldest: Int64) throws(SystemError) {
    let directory = "\(root)/postbag"
    do throws(SystemError) { try createDirectory(directory) } catch { guard error.isExisting else { throw error } }
    path = "\(directory)/delivered"
    lock = try FileLock("\(path).lock", patience: 10_000_000_000)
    file = try File(path, [.readWrite, .create, .append])
    let text = String(decoding: try readToEnd(file.descriptor, path: path), as: UTF8.self)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
    var isTidy = lines.last == ""
    let key = lines.popFirst().flatMap { RecentDeliveries.key(in: $0) }
    if let key {
      hash = KeyedHash(key0: key.0, key1: key.1)
      keyLine = RecentDeliveries.line(of: key)
    } else {
      isTidy = false
      lines = []
      let key = (UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max))
      hash = KeyedHash(key0: key.0, key1: key.1)
      keyLine = RecentDeliveries.line(of: key)
    }
    var dropped = 0
    for line in lines where !line.isEmpty {
      let fields = line.split(separator: " ")
      guard fields.count == 2, let time = Int64(fields[0]), let digest = UInt64(fields[1], radix: 16), time >= oldest else {
        dropped += 1
        continue
      }
      records.append((time, digest))
    }
    self.isTidy = isTidy && dropped < 1000
  }

  /// The digest of `message`, and whether it was delivered before. Nil when it has no `Message-ID` to be known by.
  func look(for message: StagedMessage) throws(SystemError) -> (digest: UInt64, isKnown: Bool)? {
    guard let digest = try message.digest(hash) else { return nil }
    return (digest, records.contains { $0.digest == digest })
  }

  /// Records that the message of `digest` was delivered at `seconds`.
  mutating func record(_ digest: UInt64, at seconds: Int64) throws(SystemError) {
    records.append((seconds, digest))
    if isTidy {
      try file.write(Array("\(seconds) \(String(digest, radix: 16))\n".utf8))
      try file.synchronise()
    } else {
      let lines = records.map { "\($0.time) \(String($0.digest, radix: 16))\n" }
      try replaceFile(path, with: Array((keyLine + lines.joined()).utf8))
    }
  }

  private static func key(in line: Substring) -> (UInt64, UInt64)? {
    let fields = line.split(separator: " ")
    guard fields.count == 3, fields[0] == "key", let first = UInt64(fields[1], radix: 16),
      let second = UInt64(fields[2], radix: 16)
    else { return nil }
    return (first, second)
  }

  private static func line(of key: (UInt64, UInt64)) -> String {
    "key \(String(key.0, radix: 16)) \(String(key.1, radix: 16))\n"
  }
}
