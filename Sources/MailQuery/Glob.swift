/// A name in which `*` stands for any characters, also none, and `?` for one. Case is ignored.
public struct Glob: Sendable, Equatable {
  /// What the person wrote.
  public let source: String
  private let pattern: [Character]

  public init(_ source: String) {
    self.source = source
    self.pattern = Array(source.lowercased())
  }

  /// Whether it can fit names other than itself.
  public var isPattern: Bool { pattern.contains("*") || pattern.contains("?") }

  /// Whether it fits the whole of `name`. Linear in the name for each `*`.
  public func matches(_ name: String) -> Bool {
    let name = Array(name.lowercased())
    var position = 0
    var index = 0
    var star: (index: Int, position: Int)?
    while position < name.count {
      if index < pattern.count, pattern[index] == "*" {
        star = (index, position)
        index += 1
      } else if index < pattern.count, pattern[index] == "?" || pattern[index] == name[position] {
        index += 1
        position += 1
      } else if let last = star {
        star = (last.index, last.position + 1)
        index = last.index + 1
        position = last.position + 1
      } else {
        return false
      }
    }
    while index < pattern.count, pattern[index] == "*" { index += 1 }
    return index == pattern.count
  }
}
