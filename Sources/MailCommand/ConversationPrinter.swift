public import MailStore

/// Prints conversations as trees: each message on its line, under the one that it answers.
public struct ConversationPrinter: ~Copyable {
  private let printer: Printer
  /// For each level above the present one, whether lines of it still follow.
  private var isOpen: [Bool] = []

  /// Prints through `printer`.
  public init(_ printer: Printer) { self.printer = printer }

  /// Prints the conversations that `request` asks for.
  public mutating func print(_ request: ListRequest, from store: Store) throws {
    let places = try store.threads(request)
    var rows = ListRequest()
    rows.ids = places.lazy.map(\.id).filter { $0 != 0 }
    var next = 0
    try store.forEachMessage(of: rows) { row in
      // Places before the row's are of messages that aren't there.
      while next < places.count, places[next].id != row.id {
        try printer.printMissing(branch(at: places[next]))
        next += 1
      }
      guard next < places.count else { return }
      try printer.print(row, branch: branch(at: places[next]))
      next += 1
    }
  }

  /// Where the next message stands. Places come in the order of the tree.
  private mutating func branch(at place: ThreadRow) -> Branch {
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
