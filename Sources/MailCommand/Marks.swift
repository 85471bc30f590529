public import MailStore

/// Flags to set and flags to take off, by the words that people use for them.
public struct Marks: Equatable, Sendable {
  public private(set) var add: MessageFlags = []
  public private(set) var remove: MessageFlags = []

  /// Takes the marks that `words` begin with, and leaves the references that follow.
  public init(from words: inout [String]) throws {
    var taken = 0
    for word in words {
      guard let (flag, isSet) = Self.words[word] else { break }
      if isSet { add.insert(flag) } else { remove.insert(flag) }
      taken += 1
    }
    guard taken > 0 else {
      let what = words.first.map { "\($0): not a mark" } ?? "no mark given"
      throw Failure.usage(what, hint: "Marks are seen, unseen, answered, flagged, forwarded, draft, and un… of each.")
    }
    guard add.isDisjoint(with: remove) else {
      throw Failure.usage("\(words[..<taken].joined(separator: " ")): these contradict each other")
    }
    words.removeFirst(taken)
  }

  /// All words, for completions and the manual.
  public static let names = words.keys.sorted()

  private static let words: [String: (MessageFlags, Bool)] = [
    "seen": (.seen, true), "read": (.seen, true), "unseen": (.seen, false), "unread": (.seen, false),
    "answered": (.answered, true), "unanswered": (.answered, false), "flagged": (.flagged, true),
    "unflagged": (.flagged, false), "forwarded": (.forwarded, true), "unforwarded": (.forwarded, false),
    "draft": (.draft, true), "undraft": (.draft, false),
  ]
}
