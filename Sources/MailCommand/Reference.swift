internal import MailSystem

/// What a word on the command line or a line of standard input says about which message is meant.
enum Reference: Equatable, Sendable {
  /// A file.
  case path(String)
  /// A Message-ID, without angle brackets.
  case id(String)
  /// Lines of the last list.
  case numbers(ClosedRange<Int>)
  /// The last message shown.
  case shown
  /// A whole message on standard input.
  case standardInput

  /// Reads `text` as architecture has it: digits, ranges and `.` are numbers, and a path needs a `/`.
  init(_ text: String) throws(Failure) {
    if text == "-" {
      self = .standardInput
    } else if text == "." {
      self = .shown
    } else if text.hasPrefix("id:") {
      self = .id(try Self.messageID(text))
    } else if let numbers = Self.numbers(text) {
      guard numbers.first > 0, numbers.first <= numbers.last else {
        throw .usage("\(text): not a range of the list", hint: "Numbers begin with 1, and ranges go up: 3-9.")
      }
      self = .numbers(numbers.first...numbers.last)
    } else if text.utf8.contains(UInt8(ascii: "/")) {
      self = .path(text)
    } else {
      throw .usage(
        "\(text.isEmpty ? "''" : text): not a message",
        hint: "Messages are paths with a '/', id:<Message-ID>, numbers of the last list (7, 3-9) or '.'.")
    }
  }

  /// Reads a line of standard input: paths and `id:` only.
  init(line text: String) throws(Failure) {
    if text.hasPrefix("id:") {
      self = .id(try Self.messageID(text))
    } else if text.utf8.contains(UInt8(ascii: "/")) {
      self = .path(text)
    } else {
      throw Failure(.badData, "standard input: \(text): neither a path nor id:<Message-ID>")
    }
  }

  private static func messageID(_ text: String) throws(Failure) -> String {
    var id = text.dropFirst(3)
    if id.hasPrefix("<"), id.hasSuffix(">") { id = id.dropFirst().dropLast() }
    guard !id.isEmpty else { throw .usage("\(text): a Message-ID is missing") }
    return String(id)
  }

  /// `7` or `3-9`; numbers beyond all lists stay beyond them.
  private static func numbers(_ text: String) -> (first: Int, last: Int)? {
    let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { (48...57).contains($0) } }) else {
      return nil
    }
    let values = parts.map { Int(Substring($0)) ?? .max }
    return (values[0], values[values.count - 1])
  }
}

/// The references on standard input: one a line, or separated by NUL if there is one. Empty lines mean nothing.
func readReferences() throws -> [String] {
  let bytes = try readToEnd(0, path: "standard input")
  let separator = bytes.contains(0) ? 0 : UInt8(ascii: "\n")
  var result: [String] = []
  var start = 0
  while start < bytes.count {
    let end = bytes[start...].firstIndex(of: separator) ?? bytes.count
    var line = bytes[start..<end]
    if separator != 0, line.last == UInt8(ascii: "\r") { line.removeLast() }
    if !line.isEmpty { result.append(String(decoding: line, as: UTF8.self)) }
    start = end + 1
  }
  return result
}
