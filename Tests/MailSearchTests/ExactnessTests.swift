import MailQuery
import MailStore
import Testing

@testable import MailSearch

/// Numbers that look random and are the same each time.
struct Dice {
  var state: UInt64

  mutating func roll(_ sides: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % sides
  }

  mutating func pick<Value>(_ values: [Value]) -> Value { values[roll(values.count)] }

  mutating func chance(_ percent: Int) -> Bool { roll(100) < percent }
}

@Suite struct ExactnessOfSearches {
  static let words = [
    "budget", "budgets", "meeting", "board", "draft", "invoice", "bank", "info", "information", "zebra", "a", "2024",
  ]
  static let addresses = [
    "anna@example.org", "bob@mail.example.org", "carl@example.com", "dora@example.net", "eve@example.org",
    "fred@example.com", "gina@example.org",
  ]
  static let lists = ["dev.lists.example.org", "announce.lists.example.org"]

  static func mailbox(_ count: Int, seed: UInt64) -> [Sample] {
    var dice = Dice(state: seed)
    func sentence(_ length: Int) -> String { (0..<length).map { _ in dice.pick(words) }.joined(separator: " ") }
    return (1...count).map { number in
      var sample = Sample(id: Int64(number * 3 / 2), folder: dice.chance(50) ? 1 : Int64(dice.roll(6) + 1))
      sample.subject = sentence(1 + dice.roll(4))
      sample.body = sentence(dice.roll(12))
      sample.attachment = dice.chance(20) ? sentence(1) + " mtapplicationpdf mtapplication" : ""
      let author = dice.pick(addresses)
      sample.sender = "\(dice.pick(words)) <\(author)>"
      sample.people.append((author, 1))
      for role: Int64 in [4, 5, 6] where dice.chance(role == 4 ? 90 : 20) {
        let address = dice.pick(addresses)
        sample.people.append((address, role))
        if role == 4 { sample.recipient = address } else { sample.copy += address + " " }
      }
      if dice.chance(20) { sample.people.append((dice.pick(lists), 7)) }
      for bit in 0..<14 where dice.chance(30) { sample.flags.insert(MessageFlags(rawValue: 1 << Int64(bit))) }
      sample.date = Int64(1_700_000_000 + number * 3_000 + dice.roll(9_000))
      sample.received = sample.date + Int64(dice.roll(1_000_000))
      sample.size = Int64(dice.roll(5_000))
      sample.thread = Int64(dice.roll(count / 4 + 1))
      sample.messageID = "\(String(repeating: "m", count: dice.roll(3)))\(number)@example.org"
      if dice.chance(25) { sample.tags.append(dice.pick(["work", "home", "todo"])) }
      if dice.chance(10) { sample.comment = sentence(2) }
      sample.isGone = dice.chance(5)
      return sample
    }
  }

  static func query(_ dice: inout Dice, depth: Int = 3) -> String {
    if depth > 0, dice.chance(60) {
      let parts = (0..<(2 + dice.roll(2))).map { _ in query(&dice, depth: depth - 1) }
      let text = "(" + parts.joined(separator: dice.chance(50) ? " " : " OR ") + ")"
      return dice.chance(15) ? "-" + text : text
    }
    return (dice.chance(20) ? "-" : "") + leaf(&dice)
  }

  private static func leaf(_ dice: inout Dice) -> String {
    let word = dice.pick(words)
    switch dice.roll(26) {
    case 0...5: return word
    case 6: return "\"\(word) \(dice.pick(words))\""
    case 7: return dice.pick(["budg*", "info*", "informa*", "meet*"])
    case 8: return "subject:\(word)"
    case 9: return "from:\(word)"
    case 10: return "from:\(dice.pick(addresses))"
    case 11: return "with:\(dice.pick(addresses))"
    case 12: return dice.pick(["to:@example.org", "from:@example.com", "cc:eve", "bcc:anna", "to:example.org"])
    case 13: return "\(dice.pick(["to", "cc", "bcc"])):\(dice.pick(addresses))"
    case 14: return dice.pick(["folder:inbox", "folder:work*", "folder:trash", "folder:Work/*", "folder:Junk"])
    case 15: return dice.pick(["tag:work", "tag:HOME", "tag:*o*", "tag:nothing"])
    case 16: return "is:\(dice.pick(["unread", "read", "flagged", "answered", "draft", "list", "signed", "high"]))"
    case 17: return "has:\(dice.pick(["attachment", "comment", "tag"]))"
    case 18: return dice.pick(["larger:1000", "smaller:500", "size:1K..2K"])
    case 19: return dice.pick(["date:2023-11-15", "date:2023-11-16..", "2023-11-14..2023-11-17", "date:2023"])
    case 20: return dice.pick(["received:2023-11-20", "received:..2023-11-20", "type:pdf", "type:application/*"])
    case 21: return dice.pick(["list:dev", "list:lists.example.org", "list:dev.lists.example.org", "list:example"])
    case 22: return "thread:\(dice.roll(40))"
    case 23: return dice.pick(["id:", "thread:"]) + "\(dice.roll(100))@example.org"
    case 24: return "comment:\(word)"
    default: return "body:\(word)"
    }
  }

  @Test(arguments: [
    Searcher.Thresholds(), Searcher.Thresholds(matches: 5, ids: 20, soughtIDs: 3, dated: 10),
    Searcher.Thresholds(matches: 0, ids: 0, soughtIDs: 0, dated: 1),
    Searcher.Thresholds(matches: 1_000, ids: 1_000, soughtIDs: 1_000, dated: 1_000),
  ])
  func `random queries find what a look at every message finds`(thresholds: Searcher.Thresholds) throws {
    let samples = ExactnessOfSearches.mailbox(150, seed: 7)
    let mailbox = try SmallMailbox(samples)
    let searcher = try mailbox.searcher(thresholds)
    let plain = PlainSearch(samples: samples)
    var dice = Dice(state: 99)
    for _ in 0..<250 {
      let text = ExactnessOfSearches.query(&dice)
      let query = try parseQuery(text, in: QueryContext(now: 1_700_500_000))
      var options = SearchOptions()
      options.includesTrashAndJunk = dice.chance(20)
      options.limit = nil
      let expected = plain.results(query, all: options.includesTrashAndJunk)
      let newestFirst = expected.sorted { ($0.date, $0.id) > ($1.date, $1.id) }.map(\.id)
      let ids = expected.map(\.id).sorted()

      #expect(try searcher.count(query, options: options) == ids.count, "count: \(text)")
      #expect(try searcher.run(query, options: options).sorted() == ids, "relevance: \(text)")
      options.order = .none
      #expect(try searcher.run(query, options: options).sorted() == ids, "all: \(text)")
      options.order = .date
      #expect(try searcher.run(query, options: options) == newestFirst, "date: \(text)")
      options.limit = 1 + dice.roll(20)
      #expect(
        try searcher.run(query, options: options) == Array(newestFirst.prefix(options.limit ?? 0)), "limit: \(text)")
    }
  }
}
