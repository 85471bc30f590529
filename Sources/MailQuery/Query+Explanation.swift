extension Query: CustomStringConvertible {
  /// The query in one line, with every operator written out.
  public var description: String {
    switch self {
    case .all(let parts): "(" + parts.map(\.description).joined(separator: " AND ") + ")"
    case .any(let parts): "(" + parts.map(\.description).joined(separator: " OR ") + ")"
    case .not(let query): "NOT " + query.description
    default: leaf { "\($0)" }
    }
  }

  /// What the query means, for people: one line for each condition, indented where it belongs to another.
  ///
  /// `time` writes an instant (seconds since 1970) as the person reads it.
  public func explanation(time: (Int64) -> String) -> [String] {
    switch self {
    case .all(let parts): Query.group("all of:", parts, time)
    case .any(let parts): Query.group("any of:", parts, time)
    case .not(let query):
      switch query {
      case .all(let parts): Query.group("not all of:", parts, time)
      case .any(let parts): Query.group("none of:", parts, time)
      default: ["not " + query.leaf(time)]
      }
    default: [leaf(time)]
    }
  }

  private static func group(_ title: String, _ parts: [Query], _ time: (Int64) -> String) -> [String] {
    [title] + parts.flatMap { $0.explanation(time: time) }.map { "  " + $0 }
  }

  private func leaf(_ time: (Int64) -> String) -> String {
    switch self {
    case .everything: "every message"
    case .text(let term): term.description
    case .comment(let term): "comment: \(term.wordsDescription)"
    case .address(let term): term.description
    case .list(let name): "list \(name)"
    case .messageID(let id): "Message-ID <\(id)>"
    case .threadNumber(let number): "conversation \(number)"
    case .thread(let id): "conversation of <\(id)>"
    case .folder(let glob): "folder \(glob.source)"
    case .tag(let glob): "tag \(glob.source)"
    case .time(let kind, let range): "\(kind.rawValue) \(range.description(time))"
    case .size(let range): "size \(range.description)"
    case .state(let state): state.rawValue
    case .all, .any, .not: description
    }
  }
}

extension TextTerm: CustomStringConvertible {
  public var description: String {
    fields == .all ? wordsDescription : "\(fields.description): \(wordsDescription)"
  }

  var wordsDescription: String {
    if isPrefix { return isPhrase ? "\"\(source)\"*" : "\(source)*" }
    return isPhrase ? "\"\(source)\"" : source
  }
}

extension TextFields: CustomStringConvertible {
  public var description: String {
    let names: [(TextFields, String)] = [
      (.subject, "subject"), (.sender, "from"), (.recipient, "to"), (.copy, "cc"), (.body, "body"),
      (.attachment, "attachment"),
    ]
    return names.filter { contains($0.0) }.map(\.1).joined(separator: "/")
  }
}

extension AddressTerm: CustomStringConvertible {
  public var description: String {
    let names: [(Roles, String)] = [
      (.from, "from"), (.sender, "sender"), (.replyTo, "reply-to"), (.to, "to"), (.cc, "cc"), (.bcc, "bcc"),
    ]
    let roles =
      roles == .everyRole ? "with" : names.filter { self.roles.contains($0.0) }.map(\.1).joined(separator: "/")
    return switch person {
    case .address(let address): "\(roles) address \(address)"
    case .domain(let domain): "\(roles) domain \(domain)"
    case .anyone: "\(roles) anyone"
    }
  }
}

extension TimeRange {
  func description(_ time: (Int64) -> String) -> String {
    switch (start, end) {
    case (let start?, let end?): "from \(time(start)) until before \(time(end))"
    case (let start?, nil): "from \(time(start)) on"
    case (nil, let end?): "before \(time(end))"
    case (nil, nil): "any"
    }
  }
}

extension SizeRange: CustomStringConvertible {
  public var description: String {
    switch (least, most) {
    case (let least?, let most?): "from \(least) to \(most) bytes"
    case (let least?, nil): "at least \(least) bytes"
    case (nil, let most?): "at most \(most) bytes"
    case (nil, nil): "any"
    }
  }
}
