import MailQuery
import MailStore
import Testing

@testable import MailSearch

@Suite struct RelevanceOfResults {
  private func best(_ text: String, among samples: [Sample], limit: Int? = nil) throws -> [Int64] {
    var samples = samples
    for index in samples.indices {
      samples[index].id = Int64(index + 1)
      if samples[index].date == 0 { samples[index].date = 1_700_000_000 }
    }
    let mailbox = try SmallMailbox(samples)
    var options = SearchOptions()
    options.limit = limit
    return try mailbox.searcher().run(parseQuery(text, in: QueryContext(now: 1_700_000_000)), options: options)
  }

  @Test func `a word in the subject weighs more than in the text`() throws {
    let found = try best("budget", among: [Sample(subject: "budget"), Sample(body: "budget"), Sample(body: "budget")])
    #expect(found.first == 1)
  }

  @Test func `a word in the sender's name weighs more than in the text`() throws {
    #expect(try best("anna", among: [Sample(sender: "Anna <a@example.org>"), Sample(body: "anna")]).first == 1)
  }

  @Test func `a word that stands there more often weighs more, each time less`() throws {
    let often = Sample(body: "budget budget budget budget")
    #expect(try best("budget", among: [often, Sample(body: "budget and more")]).first == 1)
    let countless = Sample(body: String(repeating: "budget ", count: 2_000))
    #expect(try best("budget OR zebra", among: [Sample(subject: "budget zebra"), countless]).first == 1)
  }

  @Test func `a rare word weighs more than a common one`() throws {
    let common = (0..<50).map { _ in Sample(body: "budget") }
    #expect(try best("budget OR zebra", among: [Sample(body: "zebra")] + common, limit: 1) == [1])
  }

  @Test func `of equal messages the recent one comes first`() throws {
    let old = Sample(body: "budget", date: 1_500_000_000)
    #expect(try best("budget", among: [old, Sample(body: "budget"), old]) == [2, 3, 1])
  }

  @Test func `of more than 3,000 matches the newest are ranked`() throws {
    var samples = [Sample(subject: "budget budget budget")]
    samples += (0..<3_000).map { _ in Sample(body: "budget") }
    #expect(try best("budget", among: samples, limit: 200).contains(1) == false)
    #expect(try best("budget", among: samples, limit: 3_001).first == 1)
    #expect(try best("budget", among: samples).count == 3_001)
  }
}

@Suite struct FoldersLeftOut {
  @Test func `Trash, Junk and what lies in them are left out unless they are named`() throws {
    let samples = (1...6).map { Sample(id: Int64($0), folder: Int64($0), body: "budget", date: Int64($0)) }
    let searcher = try SmallMailbox(samples).searcher()
    func found(_ text: String, all: Bool = false) throws -> [Int64] {
      var options = SearchOptions()
      options.includesTrashAndJunk = all
      return try searcher.run(parseQuery(text, in: QueryContext(now: 0)), options: options).sorted()
    }
    #expect(try found("budget") == [1, 2, 3])
    #expect(try found("budget", all: true) == [1, 2, 3, 4, 5, 6])
    #expect(try found("budget folder:trash") == [4])
    #expect(try found("budget (folder:junk OR folder:inbox)") == [1, 5])
    #expect(try found("budget folder:trash*") == [4, 6])
    #expect(try found("budget -folder:trash") == [1, 2, 3])
    #expect(throws: StoreError.self) { try found("folder:nowhere") }
    #expect(try found("folder:nowhere*") == [])
  }
}
