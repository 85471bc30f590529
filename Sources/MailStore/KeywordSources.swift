public import MailMIME

/// Where other programs keep what they call keywords, labels or tags.
public struct KeywordSources: OptionSet, Sendable {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// The letters `a` to `z` in file names, with the words of `dovecot-keywords`.
  public static let dovecot = KeywordSources(rawValue: 1)
  /// The field X-Label, which mutt writes and searches.
  public static let label = KeywordSources(rawValue: 2)
  /// The field X-Keywords, in which mbox files carry IMAP keywords and synchronising programs the labels of a web mailer.
  public static let extendedKeywords = KeywordSources(rawValue: 4)
  /// The field Keywords of RFC 5322, section 3.6.5, in which senders write what they like.
  public static let keywords = KeywordSources(rawValue: 8)

  /// All but Keywords.
  public static let standard: KeywordSources = [.dovecot, .label, .extendedKeywords]
}

/// Keywords that were found for one message.
public struct ForeignKeywords: Sendable, Equatable {
  /// Names of tags, each once, in the order in which they were found.
  public var tags: [String] = []
  /// Flags that the keywords are: `$Forwarded`.
  public var flags: MessageFlags = []
  /// Texts that can't be the name of a tag.
  public var refused: [String] = []

  public init() {}

  /// Those of `headers`, in the fields that `sources` name.
  ///
  /// Texts with a comma are lists whose elements a comma separates. Without one, X-Label is one label, and words of
  /// X-Keywords and Keywords are separated by spaces.
  public init(_ headers: Headers, sources: KeywordSources) {
    if sources.contains(.label) { add(headers, "X-Label", isList: false) }
    if sources.contains(.extendedKeywords) { add(headers, "X-Keywords", isList: true) }
    if sources.contains(.keywords) { add(headers, "Keywords", isList: true) }
  }

  /// Adds an IMAP keyword. Those that other programs set by themselves (`$Junk`, `NonJunk`) are passed over.
  public mutating func add(keyword: String) {
    if let name = TagName.name(ofKeyword: keyword) { return add(tag: name) }
    switch keyword.lowercased() {
    case "$forwarded", "forwarded": flags.insert(.forwarded)
    case _ where !TagName.isSystemKeyword(keyword) && !keyword.hasPrefix("\\"): refused.append(keyword)
    default: break
    }
  }

  private mutating func add(tag name: String) {
    let folded = TagName.folded(name)
    if !tags.contains(where: { TagName.folded($0) == folded }) { tags.append(name) }
  }

  private mutating func add(_ headers: Headers, _ name: String, isList: Bool) {
    for field in headers.fields where field.name.lowercased() == name.lowercased() {
      let text = headers.text(of: field)
      let isCommaList = text.utf8.contains(UInt8(ascii: ","))
      let parts: [Substring] = isCommaList || !isList ? text.split(separator: ",") : text.split(separator: " ")
      for part in parts {
        let word = trimmed(part)
        if word.isEmpty { continue }
        // Words alone are keywords as IMAP has them; in the other forms people and web mailers write what they like.
        if isList, !isCommaList || TagName.isSystemKeyword(word) || word.hasPrefix("\\") {
          add(keyword: word)
        } else if TagName.problem(with: word) == nil {
          add(tag: word)
        } else {
          refused.append(word)
        }
      }
    }
  }
}

/// Without white space and quotation marks at both ends.
private func trimmed(_ text: Substring) -> String {
  var text = text
  while let first = text.first, first.isWhitespace || first == "\"" { text.removeFirst() }
  while let last = text.last, last.isWhitespace || last == "\"" { text.removeLast() }
  return String(text)
}
