import MailStore
import Testing

@Suite struct ThreadTests {
  /// The subjects of the rows, indented by their depth.
  private func outline(_ store: Store, _ change: (inout ListRequest) -> Void = { _ in }) throws -> [String] {
    var request = ListRequest()
    change(&request)
    return try store.threads(request).map { row in
      let subject = try store.message(id: row.id)?.subject ?? "?"
      return String(repeating: " ", count: row.depth) + subject
    }
  }

  private let day = { (number: Int) in "\(number) Mar 2021 12:00:00 +0000" }

  @Test func answersStandBelowWhatTheyAnswer() throws {
    let mail = try TestStore()
    try mail.deliver("a", id: "a@x", date: day(1))
    try mail.deliver("b", id: "b@x", references: ["a@x"], date: day(2))
    try mail.deliver("c", id: "c@x", references: ["a@x", "b@x"], date: day(3))
    try mail.deliver("d", id: "d@x", references: ["a@x"], date: day(4))
    try mail.deliver("other", id: "o@x", date: day(5))
    let store = try mail.synchronised()
    #expect(try outline(store) == ["other", "a", " b", "  c", " d"])
    let rows = try store.threads(ListRequest())
    #expect(rows[1].count == 4 && rows[1].unread == 4 && rows[0].count == 1)
    #expect(rows.map(\.isLastChild) == [true, true, false, true, true])
  }

  @Test(arguments: [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2]])
  func theTreeIsTheSameInWhateverOrderMessagesCome(order: [Int]) throws {
    let mail = try TestStore()
    let store = try mail.synchronised()
    let references: [[String]] = [[], ["0@x"], ["0@x", "1@x"], ["0@x", "1@x", "2@x"]]
    for number in order {
      try mail.deliver("\(number)", id: "\(number)@x", references: references[number], date: day(number + 1))
      try store.synchronise()
    }
    #expect(try outline(store) == ["0", " 1", "  2", "   3"])
    #expect(Set(try store.allRows().map(\.thread)).count == 1)
  }

  @Test func aLateMessageJoinsTwoConversations() throws {
    let mail = try TestStore()
    try mail.deliver("left", id: "l@x", date: day(1))
    try mail.deliver("right", id: "r@x", date: day(2))
    let store = try mail.synchronised()
    #expect(Set(try store.allRows().map(\.thread)).count == 2)
    try mail.deliver("bridge", id: "b@x", references: ["l@x", "r@x"], date: day(3))
    try store.synchronise()
    #expect(Set(try store.allRows().map(\.thread)).count == 1)
    try mail.deliver("late", id: "x@x", references: ["r@x"], date: day(4))
    try store.synchronise()
    #expect(Set(try store.allRows().map(\.thread)).count == 1)
    let id = try #require(try store.allRows().first?.id)
    #expect(try store.threadMembers(of: id).count == 4)
  }

  @Test func answersToAMissingMessageStandTogether() throws {
    let mail = try TestStore()
    try mail.deliver("first", id: "1@x", references: ["gone@x"], date: day(1))
    try mail.deliver("second", id: "2@x", references: ["gone@x"], date: day(2))
    #expect(try outline(try mail.synchronised()) == ["first", " second"])
  }

  @Test func loopsAndSelfReferencesEnd() throws {
    let mail = try TestStore()
    try mail.deliver("a", id: "a@x", references: ["b@x", "a@x"], date: day(1))
    try mail.deliver("b", id: "b@x", references: ["a@x", "b@x"], date: day(2))
    try mail.deliver("c", id: "c@x", references: ["c@x"], date: day(3))
    let lines = try outline(try mail.synchronised())
    #expect(lines.count == 3)
    #expect(Set(lines.map { $0.trimmed }) == ["a", "b", "c"])
  }

  @Test func oneMessageIDInTwoMessagesLosesNeither() throws {
    let mail = try TestStore()
    try mail.deliver("one", id: "same@x", date: day(1))
    try mail.deliver("two", id: "same@x", date: day(2))
    #expect(try outline(try mail.synchronised()).count == 2)
  }

  @Test func onlyConversationsWithUnreadMailWhenAskedForAndAtMostSoMany() throws {
    let mail = try TestStore()
    try mail.deliver("read", id: "a@x", date: day(1), flags: "S")
    try mail.deliver("half", id: "b@x", date: day(2), flags: "S")
    try mail.deliver("answer", id: "c@x", references: ["b@x"], date: day(3))
    let store = try mail.synchronised()
    #expect(try outline(store) { $0.unreadOnly = true } == ["half", " answer"])
    #expect(try outline(store) { $0.limit = 1 } == ["half", " answer"])
    #expect(try outline(store) { $0.reverse = true }.first == "read")
  }

  @Test func theSameSubjectJoinsWhenTheConfigurationSaysSo() throws {
    let mail = try TestStore()
    try mail.deliver("Plan", id: "a@x", date: day(1))
    try mail.deliver("Re: plan", id: "b@x", date: day(2))
    var options = Store.Options()
    options.threadsBySubject = true
    let store = try Store.open(mail.root, options: options)
    try store.synchronise()
    #expect(Set(try store.allRows().map(\.thread)).count == 1)
  }

  @Test func aChainOfThousandsOfAnswersIsNoTrouble() throws {
    let mail = try TestStore()
    for number in 0..<3000 {
      try mail.deliver(
        "m", id: "\(number)@x", references: number == 0 ? [] : ["\(number - 1)@x"],
        date: "1 Mar 2021 12:\(number / 60 % 60):\(number % 60) +0000")
    }
    #expect(try mail.synchronised().threads(ListRequest()).count == 3000)
  }
}

extension String {
  fileprivate var trimmed: String { String(drop { $0 == " " }) }
}
