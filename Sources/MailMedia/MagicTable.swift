internal import MailBytes

/// Tells by its first octets what a file is, after the file `magic` of the shared MIME-info database: `MIME-Magic`, and for
/// each type `[priority:type]` with lines `indent>offset=value&mask~word+range`, values and masks with a length before them.
struct MagicTable {
  private let table: [UInt8]
  private var position = 0

  /// One line: what has to stand where.
  private struct Rule {
    var indent: Int
    var offset: Int
    var range: Int
    var value: [UInt8]
    var mask: [UInt8]?
  }

  init(_ table: [UInt8]) { self.table = table }

  /// The first type whose rules `head` fits; those of the highest priority stand first. nil when there is none, or the
  /// table is damaged before it.
  mutating func type(of head: ArraySlice<UInt8>) -> String? {
    let title = Array("MIME-Magic\0\n".utf8)
    guard table.starts(with: title) else { return nil }
    position = title.count
    let head = Array(head)
    while let type = nextSection() {
      var rules: [Rule] = []
      while position < table.count, table[position] != 0x5B {
        guard let rule = nextRule() else { return nil }
        rules.append(rule)
      }
      if fits(rules, head) { return type }
    }
    return nil
  }

  /// `[priority:type]`
  private mutating func nextSection() -> String? {
    guard position < table.count, table[position] == 0x5B,
      let end = table[position...].firstIndex(of: 0x0A), end > position + 2, table[end - 1] == 0x5D,
      let colon = table[position..<end].firstIndex(of: 0x3A)
    else { return nil }
    let type = string(table[(colon + 1)..<(end - 1)])
    position = end + 1
    return type.lowercased()
  }

  private mutating func nextRule() -> Rule? {
    let indent = number() ?? 0
    guard take(0x3E), let offset = number(), take(0x3D), position + 2 <= table.count else { return nil }
    let length = Int(table[position]) << 8 | Int(table[position + 1])
    position += 2
    guard var value = bytes(length) else { return nil }
    var rule = Rule(indent: indent, offset: offset, range: 1, value: [], mask: nil)
    if take(0x26) {
      guard let mask = bytes(length) else { return nil }
      rule.mask = mask
    }
    // A number of several octets, in this machine's order; values are written with the highest first.
    if take(0x7E), let word = number(), word > 1, value.count % word == 0, 1.littleEndian == 1 {
      value = swapped(value, word)
      rule.mask = rule.mask.map { swapped($0, word) }
    }
    if take(0x2B) { rule.range = number() ?? 1 }
    rule.value = value
    return take(0x0A) ? rule : nil
  }

  private func swapped(_ bytes: [UInt8], _ word: Int) -> [UInt8] {
    stride(from: 0, to: bytes.count, by: word).flatMap { bytes[$0..<($0 + word)].reversed() }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard position < table.count, table[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func bytes(_ count: Int) -> [UInt8]? {
    guard position + count <= table.count else { return nil }
    defer { position += count }
    return Array(table[position..<(position + count)])
  }

  private mutating func number() -> Int? {
    var value: Int?
    while position < table.count, table[position].isDigit, value ?? 0 < 1 << 30 {
      value = (value ?? 0) * 10 + Int(table[position] - 0x30)
      position += 1
    }
    return value
  }

  /// Whether one of the rules without indent fits, and one of those below it where there are any, and so on.
  private func fits(_ rules: [Rule], _ head: [UInt8]) -> Bool {
    var index = 0
    return fits(rules, &index, 0, head, counts: true)
  }

  private func fits(
    _ rules: [Rule], _ index: inout Int, _ indent: Int, _ head: [UInt8], counts: Bool
  ) -> Bool {
    var isFound = false
    while index < rules.count, rules[index].indent >= indent {
      let rule = rules[index]
      index += 1
      var isFit = counts && !isFound && isAt(rule, head)
      if index < rules.count, rules[index].indent > rule.indent, indent < 64 {
        isFit = fits(rules, &index, rule.indent + 1, head, counts: isFit) && isFit
      }
      isFound = isFound || isFit
    }
    return isFound
  }

  private func isAt(_ rule: Rule, _ head: [UInt8]) -> Bool {
    guard !rule.value.isEmpty, rule.offset + rule.value.count <= head.count else { return false }
    let last = min(rule.offset + max(rule.range, 1) - 1, head.count - rule.value.count)
    for start in rule.offset...last {
      let isEqual = rule.value.indices.allSatisfy { place in
        let mask = rule.mask?[place] ?? 0xFF
        return head[start + place] & mask == rule.value[place] & mask
      }
      if isEqual { return true }
    }
    return false
  }
}
