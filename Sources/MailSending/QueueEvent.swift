/// Something that has happened to a message in the queue: a line behind its record. What a message's state is follows from
/// all of them, in order, so that a process that dies leaves what it knew.
public enum QueueEvent: Sendable, Equatable {
  /// The copy in Sent is there.
  case copied
  /// The end of the message is about to be given to a server for these recipients. Without a result behind it nobody can
  /// know whether the server has it.
  case giving([Int])
  /// What became of these recipients.
  case result([Int], DeliveryOutcome)
  /// An attempt has ended; the next one is not to be made before `next`.
  case attempted(at: Int64, next: Int64)
  /// It waits until it is released.
  case held(at: Int64)
  /// It may go, and does so at once.
  case released(at: Int64)
  /// The sender was told that it still waits.
  case warned(at: Int64)
  /// A report is about to be delivered under this key.
  case reporting(key: String)
  /// The report is delivered; these recipients have been told of.
  case reported([Int])
}

/// What became of the message for one recipient.
public struct DeliveryOutcome: Sendable, Equatable {
  public enum Kind: String, Sendable {
    /// A server or a program has it.
    case sent
    /// It can be tried again.
    case temporary
    /// It can't.
    case permanent
  }

  public var kind: Kind
  /// Who said so: a server's name, or a program's; empty for ourselves.
  public var by: String
  /// The code of the reply; 0 where there is none.
  public var code: Int
  /// The enhanced code, such as 5.1.1; empty where there is none. RFC 3463.
  public var status: String
  /// The words, on one line.
  public var text: String

  public init(_ kind: Kind, by: String = "", code: Int = 0, status: String = "", text: String) {
    self.kind = kind
    self.by = by
    self.code = code
    self.status = status
    self.text = text
  }

  /// The server doesn't know the recipient. RFC 3463, section 3.2.
  public var isUnknownUser: Bool {
    kind == .permanent && (status == "5.1.1" || (status.isEmpty && code == 550) || status == "5.1.10")
  }

  /// Code, status and words, as in "550 5.1.1 no such user".
  public var description: String {
    ([code == 0 ? "" : String(code), status, text].filter { !$0.isEmpty }).joined(separator: " ")
  }
}

extension QueueEvent {
  var line: String {
    switch self {
    case .copied: "copied\n"
    case .giving(let places): "giving \(list(places))\n"
    case .result(let places, let outcome):
      "result \(list(places)) \(outcome.kind.rawValue) \(outcome.code) \(word(outcome.status)) \(word(outcome.by)) "
        + "\(escape(outcome.text))\n"
    case .attempted(let time, let next): "attempted \(time) \(next)\n"
    case .held(let time): "held \(time)\n"
    case .released(let time): "released \(time)\n"
    case .warned(let time): "warned \(time)\n"
    case .reporting(let key): "reporting \(escape(key))\n"
    case .reported(let places): "reported \(list(places))\n"
    }
  }

  /// Reads one line; nil for what a process that died has left of one.
  init?(parsing line: Substring) {
    let words = line.split(separator: " ", maxSplits: 6, omittingEmptySubsequences: false)
    func number(_ place: Int) -> Int64? { place < words.count ? Int64(words[place]) : nil }
    if words[0] == "reporting", words.count == 2 {
      self = .reporting(key: unescape(words[1]))
      return
    }
    guard let places = words.count > 1 ? places(words[1]) : [] else { return nil }
    switch words[0] {
    case "copied": self = .copied
    case "giving": self = .giving(places)
    case "result":
      guard words.count == 7, let kind = DeliveryOutcome.Kind(rawValue: String(words[2])), let code = Int(words[3])
      else { return nil }
      self = .result(
        places,
        DeliveryOutcome(
          kind, by: plain(words[5]), code: code, status: plain(words[4]), text: unescape(words[6])))
    case "attempted":
      guard let time = number(1), let next = number(2) else { return nil }
      self = .attempted(at: time, next: next)
    case "held", "released", "warned":
      guard let time = number(1) else { return nil }
      self = words[0] == "held" ? .held(at: time) : words[0] == "warned" ? .warned(at: time) : .released(at: time)
    case "reported": self = .reported(places)
    default: return nil
    }
  }
}

/// A word of a line: no spaces, never empty.
private func word(_ text: String) -> String {
  text.isEmpty ? "-" : escape(String(text.map { $0 == " " ? "_" : $0 }))
}

private func plain(_ word: Substring) -> String { word == "-" ? "" : unescape(word) }

/// Places in ascending order as "0-4,7".
private func list(_ places: [Int]) -> String {
  var parts: [String] = []
  var index = 0
  while index < places.count {
    var end = index
    while end + 1 < places.count, places[end + 1] == places[end] + 1 { end += 1 }
    parts.append(end == index ? "\(places[index])" : "\(places[index])-\(places[end])")
    index = end + 1
  }
  return parts.isEmpty ? "-" : parts.joined(separator: ",")
}

/// Reads what `list` wrote; an empty list for words that are something else.
private func places(_ text: Substring) -> [Int]? {
  guard text.utf8.first.map({ (0x30...0x39).contains($0) }) ?? false else { return [] }
  var result: [Int] = []
  for part in text.split(separator: ",", omittingEmptySubsequences: false) {
    let ends = part.split(separator: "-", omittingEmptySubsequences: false)
    guard (1...2).contains(ends.count), let first = Int(ends[0]), let last = Int(ends[ends.count - 1]) else {
      return nil
    }
    guard last < 10_000_000 || ends.count == 1 else { return nil }
    guard first <= last else { return nil }
    result += first...last
  }
  return result
}
