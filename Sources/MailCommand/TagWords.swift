/// Tags to put on and to take off, and the messages: `+todo -inbox 3-9`.
public struct TagWords: Equatable, Sendable {
  public private(set) var add: [String] = []
  public private(set) var remove: [String] = []
  /// `-*`: all tags are taken off before others are put on.
  public private(set) var removesAll = false
  public private(set) var references: [String] = []

  /// Words that begin with `+` and `-` are tags, in any place; a lone `-`, and all others, are references.
  public init(_ words: [String]) throws(Failure) {
    for word in words {
      if word == "-*" {
        removesAll = true
      } else if word.hasPrefix("+") {
        add.append(String(word.dropFirst()))
      } else if word.hasPrefix("-"), word != "-" {
        remove.append(String(word.dropFirst()))
      } else {
        references.append(word)
      }
    }
    guard !add.isEmpty || !remove.isEmpty || removesAll else {
      if let word = words.first {
        throw .usage(
          "\(word): no tag to put on (+) or to take off (-) is named", hint: "For example: mail-tag +todo -inbox 3-9")
      }
      throw .usage(
        "no tag given", hint: "For example: mail-tag +todo -inbox 3-9; or list, create, colour, delete, import.")
    }
    let taken = Set(remove.map { $0.lowercased() })
    if let both = add.first(where: { taken.contains($0.lowercased()) }) {
      throw .usage("+\(both) and -\(both) contradict each other")
    }
  }
}
