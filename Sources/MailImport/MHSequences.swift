internal import MailStore
internal import MailSystem

/// What `.mh_sequences` of an MH folder says about its messages: `unseen: 3 7-9`. mh-sequence(5).
struct MHSequences {
  private var sequences: [String: [ClosedRange<Int>]] = [:]

  /// Those of the directory `folder`; nil when it has none.
  init?(folder: String) {
    // A directory without the file is no MH folder; one that can't be read says nothing.
    guard let bytes = try? readFile(folder + "/.mh_sequences", limit: 1 << 20) else { return nil }
    self.init(parsing: String(decoding: bytes, as: UTF8.self))
  }

  init(parsing text: String) {
    for line in text.split(separator: "\n") {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let ranges = line[line.index(after: colon)...].split(separator: " ").compactMap { word -> ClosedRange<Int>? in
        let ends = word.split(separator: "-").compactMap { Int($0) }
        guard let first = ends.first, let last = ends.last, ends.count <= 2, first <= last else { return nil }
        return first...last
      }
      sequences[line[..<colon].lowercased(), default: []] += ranges
    }
  }

  /// The flags of the message `file`: seen unless it is among the unseen; nil for a file that is none of MH's.
  func flags(of file: String) -> MessageFlags? {
    guard let number = Int(file) else { return nil }
    var flags: MessageFlags = []
    if !holds("unseen", number) { flags.insert(.seen) }
    if holds("flagged", number) { flags.insert(.flagged) }
    if holds("replied", number) || holds("answered", number) { flags.insert(.answered) }
    if holds("forwarded", number) { flags.insert(.forwarded) }
    return flags
  }

  private func holds(_ name: String, _ number: Int) -> Bool {
    sequences[name]?.contains { $0.contains(number) } ?? false
  }
}
