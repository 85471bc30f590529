/// The elements of a document that are open, so that each is closed, and nothing else is.
struct OpenElements {
  /// Elements deeper than this are left out; what is in them stays.
  static let limit = 200

  private var names: [String] = []
  private var counts: [String: Int] = [:]

  /// Opens an element; false where it is to be left out.
  mutating func begin(_ name: String) -> Bool {
    guard names.count < Self.limit else { return false }
    names.append(name)
    counts[name, default: 0] += 1
    return true
  }

  /// What is to be closed where the document closes `name`: that and all that is open in it, innermost first; nothing if no
  /// such element is open.
  mutating func end(_ name: String) -> [String] {
    guard counts[name, default: 0] > 0 else { return [] }
    var ended: [String] = []
    while let last = names.popLast() {
      counts[last, default: 1] -= 1
      ended.append(last)
      if last == name { break }
    }
    return ended
  }

  /// What is to be closed at the end.
  mutating func endAll() -> [String] {
    defer { names = [] }
    return names.reversed()
  }
}
