import MailConfiguration
import Testing

@testable import MailCommand
@testable import MailStore

@Suite struct ExpiryRuleTests {
  private func folder(_ name: String, _ role: FolderRole? = nil) -> Folder {
    Folder(id: 1, name: name, path: "/x", role: role, total: 0, unread: 0, bytes: 0)
  }

  private func days(_ rules: [(String, Int64?)], _ folder: Folder) -> Int64? {
    ExpiryRules(rules.map { Configuration.ExpiryRule(folder: $0.0, lifetime: $0.1) }).lifetime(in: folder)
  }

  @Test func withoutRulesOnlyTrashExpires() {
    #expect(days([], folder("Trash", .trash)) == 2_592_000)
    #expect(days([], folder("Junk", .junk)) == nil)
    #expect(days([], folder("Work")) == nil)
  }

  @Test func aSystemFolderIsMeantByItsRole() {
    let bin = folder("Papierkorb", .trash)
    for name in ["Papierkorb", "Trash", "trash"] { #expect(days([(name, 5)], bin) == 5) }
    #expect(days([("Trash", nil)], bin) == nil)
    #expect(days([("Trash", 5)], folder("Trash")) == 5, "a folder of that name without the role is one like others")
  }

  @Test func aNameIsStrongerThanAPatternAndTheFirstPatternCounts() {
    let rules: [(String, Int64?)] = [("Lists/*", 1), ("*", 2), ("Lists/keep", nil), ("Work", 3)]
    #expect(days(rules, folder("Lists/a")) == 1)
    #expect(days(rules, folder("lists/b/c")) == 1)
    #expect(days(rules, folder("Lists/keep")) == nil)
    #expect(days(rules, folder("Other")) == 2)
    #expect(days(rules, folder("Work")) == 3)
  }

  @Test func aPatternMeansNoSystemFolder() {
    #expect(days([("*", 2)], folder("Inbox", .inbox)) == nil)
    #expect(days([("*", 2)], folder("Trash", .trash)) == 2_592_000)
  }

  @Test func whatGoesIsToldInWords() throws {
    #expect(removalText(1, bytes: 310) == "1 message, 310 B")
    #expect(removalText(2, bytes: 3_400_000, folders: 1) == "2 messages, 3.4 MB, and 1 folder")
    var result = RestoreResult()
    #expect(restoreNotes(result) == [])
    result.unchanged = 2
    #expect(restoreNotes(result) == ["2 messages are not in Trash"])
  }
}
