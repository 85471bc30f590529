public import MailSystem

/// The keywords that Dovecot keeps in a Maildir: letters `a` to `z` in the names of files, whose words stand in the file
/// `dovecot-keywords` of the same folder, one a line: `0 $Forwarded`, `1 Work`.
/// <https://doc.dovecot.org/latest/core/config/mailbox_formats/maildir.html>, "Maildir filename extensions".
public struct DovecotKeywords: Sendable, Equatable {
  /// The keyword of each letter.
  public private(set) var words: [UInt8: String] = [:]

  /// Dovecot gives letters to so many keywords of a folder; others live in its index alone.
  public static let most = 26

  /// The keywords of the folder at `path`, the directory that has `cur/`. None where there is no such file.
  public init(folder path: String) throws(SystemError) {
    var bytes: [UInt8] = []
    do throws(SystemError) {
      bytes = try readFile("\(path)/dovecot-keywords", limit: 64 << 10)
    } catch {
      guard error.isNotFound else { throw error }
    }
    self.init(parsing: bytes)
  }

  /// Reads the contents of a `dovecot-keywords`. Lines that are none are passed over; of two for one letter the first
  /// counts.
  public init(parsing bytes: [UInt8]) {
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let digits = line.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
      let word = line.dropFirst(digits.count)
      guard let number = UInt8(String(decoding: digits, as: UTF8.self)), number < Self.most,
        word.first == UInt8(ascii: " "), word.count > 1,
        let text = String(validating: word.dropFirst().filter { $0 != UInt8(ascii: "\r") }, as: UTF8.self)
      else { continue }
      let letter = UInt8(ascii: "a") + number
      if words[letter] == nil { words[letter] = text }
    }
  }

  /// No letter means anything here.
  public var isEmpty: Bool { words.isEmpty }

  /// The keywords of a message with this file name, in the order of its letters. Letters without a word mean nothing.
  public func keywords(ofFile name: String) -> [String] {
    if words.isEmpty { return [] }
    return MessageName(name).otherLetters.utf8.compactMap { words[$0] }
  }
}
