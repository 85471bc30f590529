/// The messages of many conversations as trees: who answered whom.
///
/// The method is that of Jamie Zawinski's message threading: a container for every Message-ID that a message has or
/// refers to, linked along the references. Messages come in the order of their dates, so that the trees are the same in
/// whatever order they arrived. Answers to a message that isn't here hang on the oldest of them.
struct ThreadForest {
  /// A message as it goes in.
  struct Message {
    var id: Int64
    var thread: Int64
    var date: Int64
    var isUnread: Bool
    /// The hash of its Message-ID; nil if it has none.
    var hash: Int64?
  }

  /// How far up a chain is looked for a loop. A longer one is no conversation of people, and not linked on.
  static let depthLimit: Int32 = 2000

  private(set) var messages: [Message] = []
  private var parent: [Int32] = []
  private var firstChild: [Int32] = []
  private var lastChild: [Int32] = []
  private var nextSibling: [Int32] = []
  /// The message of a container; -1: only referred to.
  private var content: [Int32] = []
  private var places: [Int64: Int32] = [:]

  init(expecting count: Int) {
    messages.reserveCapacity(count)
    places.reserveCapacity(count * 3 / 2)
  }

  private mutating func container(content: Int32) -> Int32 {
    parent.append(-1)
    firstChild.append(-1)
    lastChild.append(-1)
    nextSibling.append(-1)
    self.content.append(content)
    return Int32(parent.count - 1)
  }

  private mutating func container(for hash: Int64) -> Int32 {
    if let place = places[hash] { return place }
    let place = container(content: -1)
    places[hash] = place
    return place
  }

  /// Adds a message; `references` are the packed hashes of the Message-IDs that it refers to, oldest first. Messages
  /// must come in the order of their dates.
  mutating func add(_ message: Message, references: Span<UInt8>) {
    let number = Int32(messages.count)
    messages.append(message)
    let own: Int32
    if let hash = message.hash {
      let place = container(for: hash)
      if content[Int(place)] < 0 {
        content[Int(place)] = number
        own = place
      } else {
        own = container(content: number)
      }
    } else {
      own = container(content: number)
    }
    var previous: Int32 = -1
    var offset = 0
    while offset + 8 <= references.count {
      var word: UInt64 = 0
      for index in offset..<offset + 8 { word = word << 8 | UInt64(references[index]) }
      offset += 8
      let place = container(for: Int64(bitPattern: word))
      if previous >= 0, parent[Int(place)] < 0, place != own { link(place, below: previous) }
      previous = place
    }
    if previous >= 0, previous != own, parent[Int(own)] != previous {
      if parent[Int(own)] >= 0 { unlink(own) }
      link(own, below: previous)
    }
  }

  private mutating func link(_ child: Int32, below target: Int32) {
    if child == target { return }
    var ancestor = target
    var depth: Int32 = 0
    // What has no children can't be above the target.
    if firstChild[Int(child)] >= 0 {
      while ancestor >= 0 {
        if ancestor == child || depth == ThreadForest.depthLimit { return }
        ancestor = parent[Int(ancestor)]
        depth += 1
      }
    }
    parent[Int(child)] = target
    if lastChild[Int(target)] >= 0 {
      nextSibling[Int(lastChild[Int(target)])] = child
    } else {
      firstChild[Int(target)] = child
    }
    lastChild[Int(target)] = child
  }

  private mutating func unlink(_ child: Int32) {
    let above = Int(parent[Int(child)])
    var previous: Int32 = -1
    var sibling = firstChild[above]
    while sibling >= 0, sibling != child {
      previous = sibling
      sibling = nextSibling[Int(sibling)]
    }
    if previous >= 0 {
      nextSibling[Int(previous)] = nextSibling[Int(child)]
    } else {
      firstChild[above] = nextSibling[Int(child)]
    }
    if lastChild[above] == child { lastChild[above] = previous }
    nextSibling[Int(child)] = -1
    parent[Int(child)] = -1
  }

  // MARK: Out

  /// The conversations, each as the rows of its tree, in no particular order: parents before children, siblings by date.
  func conversations() -> [ArraySlice<ThreadRow>] {
    var rows: [ThreadRow] = []
    rows.reserveCapacity(messages.count)
    var bounds: [Int] = [0]
    // Roots by conversation; within one in the order of their dates.
    var roots: [(thread: Int64, number: Int32, place: Int32)] = []
    for place in 0..<Int32(parent.count) where parent[Int(place)] < 0 {
      for child in visible(place) {
        let number = content[Int(child)]
        roots.append((messages[Int(number)].thread, number, child))
      }
    }
    roots.sort { $0.thread == $1.thread ? $0.number < $1.number : $0.thread < $1.thread }
    var start = 0
    while start < roots.count {
      var end = start + 1
      while end < roots.count, roots[end].thread == roots[start].thread { end += 1 }
      append(roots[start..<end].map(\.place), to: &rows)
      bounds.append(rows.count)
      start = end
    }
    return zip(bounds, bounds.dropFirst()).map { rows[$0..<$1] }
  }

  /// `place` itself where it has a message, else the nearest containers below that have one.
  private func visible(_ place: Int32) -> [Int32] {
    if content[Int(place)] >= 0 { return [place] }
    var found: [Int32] = []
    var waiting = [place]
    while let next = waiting.popLast() {
      if content[Int(next)] >= 0 {
        found.append(next)
        continue
      }
      var child = firstChild[Int(next)]
      while child >= 0 {
        waiting.append(child)
        child = nextSibling[Int(child)]
      }
    }
    return found
  }

  private func children(of place: Int32) -> [Int32] {
    var found: [Int32] = []
    var child = firstChild[Int(place)]
    while child >= 0 {
      if content[Int(child)] >= 0 { found.append(child) } else { found += visible(child) }
      child = nextSibling[Int(child)]
    }
    if found.count > 1 { found.sort { content[Int($0)] < content[Int($1)] } }
    return found
  }

  /// One conversation. The oldest of its roots is the root; the others stand below it.
  private func append(_ roots: [Int32], to rows: inout [ThreadRow]) {
    let start = rows.count
    var waiting: [(place: Int32, depth: Int, isLast: Bool)] = [(roots[0], 0, true)]
    var unread = 0
    var newest = Int64.min
    while let (place, depth, isLast) = waiting.popLast() {
      let message = messages[Int(content[Int(place)])]
      rows.append(
        ThreadRow(
          id: message.id, thread: message.thread, depth: depth, isLastChild: isLast, count: 0, unread: 0, newest: 0))
      unread += message.isUnread ? 1 : 0
      newest = max(newest, message.date)
      var below = children(of: place)
      if depth == 0, roots.count > 1 {
        below += roots.dropFirst()
        below.sort { content[Int($0)] < content[Int($1)] }
      }
      for (number, child) in below.enumerated().reversed() {
        waiting.append((child, depth + 1, number == below.count - 1))
      }
    }
    rows[start].count = rows.count - start
    rows[start].unread = unread
    rows[start].newest = newest
  }
}
