public import MailStore
internal import MailSystem

/// Finds the messages that references mean.
///
/// A message that isn't there is reported and left out; `finish()` then ends the command with 66.
public struct ReferenceResolver {
  /// What the messages are wanted for.
  public enum Purpose: Sendable {
    /// To read them: any file will do, and of several messages with one Message-ID the first.
    case read
    /// To change them: they must be in the store, and must be meant without doubt.
    case change
  }

  /// What a reference meant.
  public enum Target: Sendable {
    /// A message of the store.
    case message(MessageRow)
    /// A file that is not in the store.
    case file(String)
    /// A whole message on standard input.
    case standardInput
  }

  private let store: Store
  private let purpose: Purpose
  private let complain: (Failure) -> Void
  private var missing = 0

  /// A resolver for `store`, which has been synchronised; `complain` reports what can't be found (`Self.complain`).
  public init(_ store: Store, for purpose: Purpose, complain: @escaping (Failure) -> Void) {
    self.store = store
    self.purpose = purpose
    self.complain = complain
  }

  /// The messages of the store that `references` mean, in that order; those on standard input when there are none.
  public mutating func messages(_ references: [String]) throws -> [MessageRow] {
    var rows: [MessageRow] = []
    try forEach(references) { target in
      switch target {
      case .message(let row): rows.append(row)
      case .file(let path): throw Failure(.noInput, "\(path): not a message of this store")
      case .standardInput: throw Failure.usage("-: a message on standard input can't be used here")
      }
    }
    return rows
  }

  /// The numbers of the messages of the store that `references` mean, in that order; those on standard input when there
  /// are none. The quick way for a hundred thousand of them.
  public mutating func numbers(_ references: [String]) throws -> [Int64] {
    let texts = references.isEmpty ? try textsOnStandardInput() : references
    return try store.reading {
      var numbers: [Int64] = []
      numbers.reserveCapacity(texts.count)
      for text in texts {
        let reference = references.isEmpty ? try Reference(line: text) : try Reference(text)
        if case .path(let path) = reference {
          if let number = try store.messageNumber(path: plainPath(path)) {
            numbers.append(number)
          } else {
            miss(path: path)
          }
        } else if case .id(let id) = reference, case let found = try store.messageNumbers(messageID: id),
          found.count == 1
        {
          numbers += found
        } else {
          try resolve(reference, text) { target in
            guard case .message(let row) = target else {
              throw Failure.usage("-: a message on standard input can't be used here")
            }
            numbers.append(row.id)
          }
        }
      }
      return numbers
    }
  }

  /// What `references` mean, in that order; those on standard input when there are none.
  public mutating func targets(_ references: [String]) throws -> [Target] {
    var targets: [Target] = []
    try forEach(references) { targets.append($0) }
    return targets
  }

  /// Calls `body` with each thing that `references` mean; those on standard input when there are none.
  public mutating func forEach(_ references: [String], _ body: (Target) throws -> Void) throws {
    if references.isEmpty { return try forEachOnStandardInput(body) }
    for text in references { try resolve(Reference(text), text, body) }
  }

  /// The same for the references on standard input alone, which must not be a terminal.
  public mutating func forEachOnStandardInput(_ body: (Target) throws -> Void) throws {
    for line in try textsOnStandardInput() { try resolve(Reference(line: line), line, body) }
  }

  private func textsOnStandardInput() throws -> [String] {
    guard !isTerminal(0) else {
      throw Failure.usage(
        "no messages given", hint: "Name them, or send their paths or id: references to standard input.")
    }
    return try readReferences()
  }

  /// Ends the command with 66 if a message was missing.
  public func finish() throws {
    guard missing > 0 else { return }
    if missing > Self.reported { complain(Failure(.noInput, "\(missing - Self.reported) more are not there")) }
    throw Failure(.noInput, "")
  }

  private static let reported = 10

  private mutating func miss(_ failure: Failure) {
    missing += 1
    if missing <= Self.reported { complain(failure) }
  }

  private mutating func resolve(_ reference: Reference, _ text: String, _ body: (Target) throws -> Void) throws {
    switch reference {
    case .standardInput: try body(.standardInput)
    case .path(let path): try resolve(path: path, body)
    case .id(let id): try resolve(id: id, text, body)
    case .shown: try resolve([try memory(text).shown()], text, body)
    case .numbers(let range): try resolve(try memory(text).entries(range), text, body)
    }
  }

  private func memory(_ text: String) throws -> ListMemory {
    guard let memory = ListMemory(root: store.root) else {
      throw Failure.usage(
        "\(text): no list has been printed in this session",
        hint: "Numbers and '.' need a terminal, or a file that $POSTBAG_LIST names.")
    }
    return memory
  }

  private mutating func resolve(_ entries: [ListMemory.Entry], _ text: String, _ body: (Target) throws -> Void) throws {
    for entry in entries {
      if let row = try store.message(id: entry.id), row.hasKey(entry.key) {
        try body(.message(row))
      } else if let row = try store.successor(ofKey: entry.key) {
        try body(.message(row))
      } else {
        miss(Failure(.noInput, "\(text): the message is no longer there"))
      }
    }
  }

  private mutating func resolve(path: String, _ body: (Target) throws -> Void) throws {
    if let row = try store.message(path: plainPath(path)) {
      try body(.message(row))
    } else if purpose == .read, let status = try? fileStatus(path), status.isRegular {
      try body(.file(path))
    } else {
      miss(path: path)
    }
  }

  /// An absolute path without detours; most are that already.
  private func plainPath(_ path: String) -> String {
    let bytes = path.utf8
    guard bytes.first == UInt8(ascii: "/") else { return absolutePath(path) }
    var previous: UInt8 = 0
    for byte in bytes {
      if previous == UInt8(ascii: "/"), byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".") {
        return absolutePath(path)
      }
      previous = byte
    }
    return path
  }

  private mutating func miss(path: String) {
    if (try? fileStatus(path)) != nil {
      miss(Failure(.noInput, "\(path): not a message of this store"))
    } else {
      miss(Failure(.noInput, "\(path): no such message"))
    }
  }

  private mutating func resolve(id: String, _ text: String, _ body: (Target) throws -> Void) throws {
    let rows = try store.messages(messageID: id)
    guard let first = rows.first else { return miss(Failure(.noInput, "\(text): no such message")) }
    if purpose == .read { return try body(.message(first)) }
    if rows.count > 1 {
      let paths = try rows.map { try store.path(of: $0) }
      let texts = try paths.map { try readFile($0) }
      if !texts.allSatisfy({ $0 == texts[0] }) {
        throw Failure(
          .badData, "\(text): fits \(rows.count) different messages", hint: paths.joined(separator: "\n"))
      }
    }
    for row in rows { try body(.message(row)) }
  }
}

extension MessageRow {
  /// The part of the file name that stays the same is `key`.
  fileprivate func hasKey(_ key: String) -> Bool {
    let file = name.utf8.drop { $0 != UInt8(ascii: "/") }.dropFirst()
    return file.prefix { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: ":") }.elementsEqual(key.utf8)
  }
}
