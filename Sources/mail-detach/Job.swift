import MailAttachments
import MailCommand
import MailMIME
import MailSystem

/// What is done with the parts of each message.
protocol Job {
  mutating func run(_ source: MessageSource) throws
  /// Called after the last message.
  mutating func finish() throws
  /// No message had such a part.
  var isEmpty: Bool { get }
}

extension Job {
  func finish() throws {}
}

/// Which parts of a message are meant.
struct Selection {
  /// Nothing: all attachments.
  var numbers: [String]
  /// All other parts too.
  var all = false

  /// The parts of `message`; 66 for a number that it doesn't have.
  func parts(of message: Message, _ source: MessageSource) throws -> [Attachment] {
    if numbers.isEmpty { return attachments(of: message, all: all) }
    return try numbers.map { number in
      guard let found = attachment(number, of: message) else { throw Self.failure(number, of: message, source) }
      return found
    }
  }

  private static func failure(_ number: String, of message: Message, _ source: MessageSource) -> Failure {
    guard let part = message.part(number) else {
      return Failure(
        .noInput, "\(number): no such part in \(source.name)", hint: "'mail-detach --list' names the parts.")
    }
    if part.trace != nil { return Failure(.noInput, "\(number): has been removed from \(source.name)") }
    return Failure(.noInput, "\(number): holds other parts, \(part.children.map(\.number).joined(separator: ", "))")
  }
}

extension Failure {
  init(_ error: SaveError) {
    switch error {
    case .noSuchDirectory: self.init(.noInput, error.description)
    case .system(let cause): self.init(cause)
    case .noFreeName: self.init(.cannotCreate, error.description)
    case .notSame: self.init(.inputOutput, error.description)
    }
  }
}

/// Prints parts as they are, decoded.
struct WriteJob: Job {
  private let selection: Selection
  private let output = Output()
  var isEmpty: Bool { false }

  init(_ selection: Selection) { self.selection = selection }

  mutating func run(_ source: MessageSource) throws {
    for part in try selection.parts(of: Message(parsing: source.bytes), source) {
      var rest = part.bytes[...]
      while !rest.isEmpty {
        try output.write(rest.prefix(64 << 10))
        rest = rest.dropFirst(64 << 10)
      }
    }
  }

  func finish() throws { try output.finish() }
}

/// Saves parts as files and prints their paths.
struct SaveJob: Job {
  private let selection: Selection
  private let files: Files
  private(set) var isEmpty = true

  init(_ selection: Selection, directory: String, hidden: Bool, overwrite: Bool) throws {
    self.selection = selection
    var options = Saver.Options()
    options.allowsHidden = hidden
    options.overwrites = overwrite
    files = try Files(directory, options)
  }

  mutating func run(_ source: MessageSource) throws {
    for part in try selection.parts(of: Message(parsing: source.bytes), source) {
      isEmpty = false
      try files.save(part)
    }
  }

  func finish() throws { try files.finish() }
}

/// Gives each part to a command.
struct PipeJob: Job {
  private let selection: Selection
  private let words: String
  private(set) var isEmpty = true

  init(_ selection: Selection, words: String) {
    self.selection = selection
    self.words = words
  }

  mutating func run(_ source: MessageSource) throws {
    for part in try selection.parts(of: Message(parsing: source.bytes), source) {
      isEmpty = false
      var program = Program.shell(words)
      program.environment = ["POSTBAG_PART_NAME": part.fileName(), "POSTBAG_PART_TYPE": part.mediaType]
      let end = try program.run(input: .bytes(part.bytes))
      if !end.isSuccess { throw Failure(ExitCode(end.code), "\(words): \(end.text)") }
    }
  }
}

extension Program.End {
  var text: String {
    switch self {
    case .exited(let code): "exited with \(code)"
    case .signalled(let number): "ended by signal \(number)"
    }
  }
}
