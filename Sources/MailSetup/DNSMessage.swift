/// An answer of the name service, as far as it is of use here. RFC 1035, section 4.
package struct DNSMessage: Equatable {
  package struct Record: Equatable {
    package var name: String
    package var type: Int
    package var data: Data
  }

  package enum Data: Equatable {
    /// RFC 2782.
    case service(priority: Int, weight: Int, port: Int, target: String)
    /// RFC 1035, section 3.3.9.
    case exchanger(preference: Int, host: String)
    case other
  }

  /// The records of the answer section; those that can't be read are left out with what follows them.
  package var answers: [Record] = []

  package init(_ bytes: [UInt8]) {
    var reader = DNSReader(bytes)
    guard bytes.count >= 12, bytes[3] & 0x0F == 0 else { return }
    reader.place = 4
    guard let questions = reader.number(), let count = reader.number() else { return }
    reader.place = 12
    for _ in 0..<questions {
      guard reader.name() != nil, reader.skip(4) else { return }
    }
    for _ in 0..<count {
      guard let record = reader.record() else { return }
      answers.append(record)
    }
  }
}

/// Reads numbers, names and records; nil where the bytes end or make no sense.
private struct DNSReader {
  let bytes: [UInt8]
  var place = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func skip(_ count: Int) -> Bool {
    guard place + count <= bytes.count else { return false }
    place += count
    return true
  }

  mutating func number() -> Int? {
    guard place + 2 <= bytes.count else { return nil }
    defer { place += 2 }
    return Int(bytes[place]) << 8 | Int(bytes[place + 1])
  }

  /// A name, with the parts that it shares with earlier ones. RFC 1035, section 4.1.4.
  mutating func name() -> String? {
    var labels: [String] = []
    var length = 0
    var at = place
    var hasJumped = false
    // A pointer leads to an earlier place only, so that a name can't lead round in a circle.
    var limit = bytes.count
    while at < limit {
      let count = Int(bytes[at])
      if count & 0xC0 == 0xC0 {
        guard at + 1 < bytes.count else { return nil }
        let target = (count & 0x3F) << 8 | Int(bytes[at + 1])
        if !hasJumped { place = at + 2 }
        guard target < at, target < limit else { return nil }
        hasJumped = true
        limit = min(limit, at)
        at = target
        continue
      }
      guard count & 0xC0 == 0 else { return nil }
      at += 1
      if count == 0 {
        if !hasJumped { place = at }
        return labels.joined(separator: ".")
      }
      guard at + count <= bytes.count else { return nil }
      length += count + 1
      guard length <= 255 else { return nil }
      labels.append(String(decoding: bytes[at..<at + count], as: UTF8.self))
      at += count
    }
    return nil
  }

  mutating func record() -> DNSMessage.Record? {
    guard let name = name(), let type = number(), skip(6), let length = number(), place + length <= bytes.count else {
      return nil
    }
    let end = place + length
    defer { place = end }
    let data: DNSMessage.Data
    switch type {
    case DNSType.service.rawValue:
      guard let priority = number(), let weight = number(), let port = number(), let target = self.name() else {
        return nil
      }
      data = .service(priority: priority, weight: weight, port: port, target: target)
    case DNSType.exchanger.rawValue:
      guard let preference = number(), let host = self.name() else { return nil }
      data = .exchanger(preference: preference, host: host)
    default: data = .other
    }
    return DNSMessage.Record(name: name, type: type, data: data)
  }
}

/// The types of records that are asked for.
enum DNSType: Int {
  case exchanger = 15
  case service = 33
}
