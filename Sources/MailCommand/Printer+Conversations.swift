public import MailStore

extension Printer {
  /// Prints the conversations that `request` asks for as trees: each message on its line, under the one that it answers.
  public func printConversations(_ request: ListRequest, from store: Store) throws {
    let places = try store.threads(request)
    var rows = ListRequest()
    rows.ids = places.lazy.map(\.id).filter { $0 != 0 }
    var tree = ConversationTree()
    var next = 0
    try store.forEachMessage(of: rows) { row in
      // Places before the row's are of messages that aren't there.
      while next < places.count, places[next].id != row.id {
        try printMissing(tree.branch(at: places[next]))
        next += 1
      }
      guard next < places.count else { return }
      try print(row, branch: tree.branch(at: places[next]))
      next += 1
    }
  }
}

/// Draws the lines of a tree, place after place in the order of the tree.
struct ConversationTree {
  /// For each level above the next place, whether places of it still follow.
  private var isOpen: [Bool] = []

  /// How the message at `place` is led to.
  mutating func branch(at place: ThreadRow) -> Branch {
    var branch = Branch()
    branch.depth = place.depth
    branch.count = place.count
    branch.unread = place.unread
    // Beyond some depth the tree would push the subject off the line.
    let depth = min(place.depth, Self.deepest)
    while isOpen.count > depth { isOpen.removeLast() }
    while isOpen.count < depth { isOpen.append(false) }
    if depth > 0 {
      for level in 1..<depth { branch.prefix += isOpen[level] ? "│ " : "  " }
      branch.prefix += place.isLastChild ? "└ " : "├ "
    }
    isOpen.append(!place.isLastChild)
    return branch
  }

  private static let deepest = 12
}
