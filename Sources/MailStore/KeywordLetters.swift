internal import MailSystem
internal import Maildir

/// What becomes of Dovecot's keyword letters when a message goes to another folder, where the same letters mean other words.
final class KeywordLetters {
  private let target: DovecotKeywords
  private var sources: [String: DovecotKeywords] = [:]

  /// For messages that come into the folder at `target`.
  init(target: String) throws {
    self.target = try DovecotKeywords(folder: target)
  }

  /// The name (given with `new/` or `cur/`) that a message of the folder at `source` has in the other one, and the tags that
  /// say what its letters said: a word that has no letter there would be lost otherwise.
  func translate(_ name: [UInt8], from source: String) throws -> (name: [UInt8], tags: [String]) {
    let isLetter = { (byte: UInt8) in byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") }
    guard let colon = name.lastIndex(of: UInt8(ascii: ":")), name[colon...].contains(where: isLetter) else {
      return (name, [])
    }
    let words = try keywords(of: source).words
    if words.isEmpty, target.isEmpty { return (name, []) }
    var keywords = ForeignKeywords()
    var letters: [UInt8] = []
    for byte in name[(colon + 1)...] {
      guard isLetter(byte) else {
        letters.append(byte)
        continue
      }
      guard let word = words[byte] else {
        if target.isEmpty { letters.append(byte) }
        continue
      }
      keywords.add(keyword: word)
      if let same = target.words.first(where: { $0.value == word })?.key { letters.append(same) }
    }
    // "2,", the letters of Maildir, then ours; small letters sort behind the others.
    let flags = Array(letters.prefix(2)) + letters.dropFirst(2).sorted()
    return (Array(name[...colon]) + flags, keywords.tags)
  }

  private func keywords(of folder: String) throws -> DovecotKeywords {
    if let known = sources[folder] { return known }
    let found = try DovecotKeywords(folder: folder)
    sources[folder] = found
    return found
  }
}
