internal import MailBytes

/// Finds the types of one name in the files `globs2` of the shared MIME-info database. A line is `weight:type:pattern`, and
/// `cs` behind another colon where capitals count.
struct GlobTable {
  private let name: [UInt8]
  private let lowerName: [UInt8]
  /// Types whose patterns in databases further down don't count.
  private var withdrawn: Set<[UInt8]> = []
  private var best: (weight: Int, length: Int) = (-1, -1)
  private var found: [[UInt8]] = []

  init(name: [UInt8]) {
    self.name = name
    lowerName = name.map { $0.lowercasedASCII }
  }

  /// The types whose pattern has the greatest weight, and of those the longest pattern.
  var types: [String] {
    var types: [String] = []
    for bytes in found {
      let type = string(bytes).lowercased()
      if !types.contains(type) { types.append(type) }
    }
    return types
  }

  /// Takes in one file.
  mutating func read(_ bytes: [UInt8]) {
    var nowWithdrawn: Set<[UInt8]> = []
    for line in bytes.split(separator: 0x0A) where line.first != 0x23 {
      let fields = line.split(separator: 0x3A, maxSplits: 3, omittingEmptySubsequences: false)
      guard fields.count >= 3 else { continue }
      let pattern = fields[2]
      if pattern.elementsEqual("__NOGLOBS__".utf8) {
        nowWithdrawn.insert(Array(fields[1]))
        continue
      }
      let weight = number(fields[0])
      guard weight > best.weight || (weight == best.weight && pattern.count >= best.length) else { continue }
      let isExact = fields.count > 3 && fields[3].split(separator: 0x2C).contains { $0.elementsEqual("cs".utf8) }
      guard matches(pattern, isExact ? name : lowerName, isExact: isExact) else { continue }
      let type = Array(fields[1])
      guard !withdrawn.contains(type) else { continue }
      if (weight, pattern.count) != best { found.removeAll() }
      best = (weight, pattern.count)
      found.append(type)
    }
    withdrawn.formUnion(nowWithdrawn)
  }

  private func number(_ digits: ArraySlice<UInt8>) -> Int {
    var value = 0
    for digit in digits.prefix(6) where digit.isDigit { value = value * 10 + Int(digit - 0x30) }
    return value
  }

  /// Most patterns are `*.ending`.
  private func matches(_ pattern: ArraySlice<UInt8>, _ name: [UInt8], isExact: Bool) -> Bool {
    let rest = pattern.dropFirst()
    let isSuffix = pattern.first == 0x2A && !rest.contains { $0 == 0x2A || $0 == 0x3F || $0 == 0x5B }
    if isSuffix {
      guard name.count >= rest.count else { return false }
      return zip(name[(name.count - rest.count)...], rest).allSatisfy { $0 == (isExact ? $1 : $1.lowercasedASCII) }
    }
    return globMatches(isExact ? Array(pattern) : pattern.map { $0.lowercasedASCII }, name)
  }
}

/// Whether `name` fits the shell pattern `pattern`, with `*`, `?` and `[…]`; linear but for the last star.
func globMatches(_ pattern: [UInt8], _ name: [UInt8]) -> Bool {
  var place = 0
  var index = 0
  var star: (place: Int, index: Int)?
  while index < name.count {
    if place < pattern.count, pattern[place] == 0x2A {
      star = (place + 1, index)
      place += 1
    } else if place < pattern.count, let next = oneMatches(pattern, place, name[index]) {
      place = next
      index += 1
    } else if let last = star {
      star = (last.place, last.index + 1)
      place = last.place
      index = last.index + 1
    } else {
      return false
    }
  }
  while place < pattern.count, pattern[place] == 0x2A { place += 1 }
  return place == pattern.count
}

/// The place behind the part of the pattern at `place` that one octet fits; nil when this one doesn't.
private func oneMatches(_ pattern: [UInt8], _ place: Int, _ byte: UInt8) -> Int? {
  guard pattern[place] == 0x5B, let close = pattern[(place + 1)...].dropFirst().firstIndex(of: 0x5D) else {
    return pattern[place] == 0x3F || pattern[place] == byte ? place + 1 : nil
  }
  var index = place + 1
  let isNegated = pattern[index] == 0x21 || pattern[index] == 0x5E
  if isNegated { index += 1 }
  var isIn = false
  while index < close {
    if index + 2 < close, pattern[index + 1] == 0x2D {
      isIn = isIn || (pattern[index] <= byte && byte <= pattern[index + 2])
      index += 3
    } else {
      isIn = isIn || pattern[index] == byte
      index += 1
    }
  }
  return isIn != isNegated ? close + 1 : nil
}
