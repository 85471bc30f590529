internal import MailBytes
internal import MailSystem
internal import Maildir

/// What the keys of all messages of one import have in common. The same message of the same import gets the same key, so
/// that an import which is begun again knows what it has done.
public struct ImportRun: Sendable, Equatable {
  /// Random; also the key of the hashes.
  let number: UInt64
  /// When it was first begun, nanoseconds since 1970.
  public let started: Int64
  /// The name of the host, as keys have it.
  let host: String

  /// A new one, begun now.
  public init() {
    number = UInt64.random(in: 1 ... .max)
    started = now()
    // `<seconds>.M<µs>P<pid>Q<n>.<host>`
    host = uniqueKey().split(separator: ".", maxSplits: 2).last.map(String.init) ?? "localhost"
  }

  init(number: UInt64, started: Int64, host: String) {
    (self.number, self.started, self.host) = (number, started, host)
  }

  /// The key of `message`, which comes from the source with the number `source`. In the order of their bytes, keys are in the
  /// order of sources and of places in them.
  func key(of message: FoundMessage, source: Int) -> String {
    var told = Array(message.identity.utf8)
    told.append(0)
    told += message.bytes.prefix(4_096)
    told += Array(String(message.bytes.count).utf8)
    let hash = KeyedHash(key0: number, key1: ~number).hash(told.span)
    let (seconds, rest) = started.quotientAndRemainder(dividingBy: 1_000_000_000)
    let order = UInt64(clamping: min(message.order, 1 << 48 - 1)) | UInt64(source & 0xFFFF) << 48
    return "\(seconds).M\(rest / 1000)I\(hex(number, 8))N\(hex(order, 16))H\(hex(hash, 16)).\(host)"
  }
}

/// The last `digits` hexadecimal digits of `number`.
func hex(_ number: UInt64, _ digits: Int) -> String {
  var text: [UInt8] = []
  for place in stride(from: digits - 1, through: 0, by: -1) {
    text.append(hexDigit(UInt8(truncatingIfNeeded: number >> UInt64(place * 4))))
  }
  return String(decoding: text, as: UTF8.self)
}
