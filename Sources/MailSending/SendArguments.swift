/// A command line of mail-send, and of sendmail in whose place it can be.
public struct SendArguments: Sendable, Equatable {
  /// What is to be done.
  public enum Action: Sendable, Equatable {
    case send
    case list
    /// Sends what is due.
    case run
    /// Sends these now, or everything.
    case flush
    case hold
    case release
    case delete
    /// Takes back the last message that has not gone yet, or the one named.
    case undo
    /// Speaks SMTP on standard input and output.
    case session
    /// Something that other mail servers need and this one does not.
    case nothing
  }

  public enum Format: String, Sendable, CaseIterable { case text, json }

  public var action = Action.send
  public var request = SendRequest()
  /// The names of entries of the queue.
  public var ids: [String] = []
  /// `--at`, as it was given.
  public var time: String?
  /// `--delay`, in seconds.
  public var delay: Int?
  public var isVerbose = false
  public var format = Format.text
  public var store: String?
  public var configuration: String?

  public init() {}
}

/// Why a command line can't be understood.
public enum ArgumentProblem: Error, Sendable, Equatable {
  /// There is an option that is not ours: for the parser that all commands share.
  case unknown
  /// What is wrong.
  case wrong(String)
}

extension SendArguments {
  /// Reads `arguments` of a program called by `name`: `mailq` lists the queue, `newaliases` does nothing.
  public init(_ arguments: [String], name: String = "mail-send") throws(ArgumentProblem) {
    if name == "mailq" { action = .list }
    if name == "newaliases" { action = .nothing }
    var rest = arguments[...]
    var words: [String] = []
    while let argument = rest.popFirst() {
      if argument == "--" {
        words += rest
        break
      }
      if argument.hasPrefix("--") {
        try takeLong(argument, &rest)
      } else if argument.hasPrefix("-"), argument.utf8.count > 1 {
        try takeShort(argument.dropFirst(), &rest)
      } else {
        words.append(argument)
      }
    }
    switch action {
    case .send: request.recipients = words
    case .list, .run, .flush, .hold, .release, .delete, .undo: ids = words
    case .session, .nothing: break
    }
    if time != nil, delay != nil { throw .wrong("--at and --delay exclude each other") }
  }

  // MARK: Our options

  private mutating func takeLong(_ argument: String, _ rest: inout ArraySlice<String>) throws(ArgumentProblem) {
    let equals = argument.firstIndex(of: "=")
    let name = String(argument[..<(equals ?? argument.endIndex)])
    var attached = equals.map { String(argument[argument.index(after: $0)...]) }
    func value() throws(ArgumentProblem) -> String {
      if let attached { return attached }
      guard let next = rest.popFirst() else { throw .wrong("missing value for '\(name)'") }
      return next
    }
    switch name {
    case "--at": time = try value()
    case "--delay":
      let text = try value()
      guard let seconds = Int(text), (0...86_400 * 366).contains(seconds) else {
        throw .wrong("--delay \(text): a number of seconds is wanted")
      }
      delay = seconds
    case "--queue":
      let word = try value()
      let actions: [String: Action] = [
        "list": .list, "run": .run, "flush": .flush, "hold": .hold, "release": .release, "delete": .delete,
      ]
      guard let found = actions[word] else {
        throw .wrong("--queue \(word): one of list, run, flush, hold, release and delete is wanted")
      }
      action = found
    case "--format":
      let word = try value()
      guard let found = Format(rawValue: word) else { throw .wrong("--format \(word): text or json is wanted") }
      format = found
    case "--store": store = try value()
    case "--config": configuration = try value()
    case "--sender": request.sender = try value()
    case "--undo", "--no-copy", "--verbose":
      guard attached == nil else { throw .unknown }
      if name == "--undo" { action = .undo }
      if name == "--no-copy" { request.keepsCopy = false }
      if name == "--verbose" { isVerbose = true }
    default: throw .unknown
    }
    attached = nil
  }

  // MARK: Those of sendmail

  /// Letters that have a value, joined or as the next word.
  private static let valued = Set("ABCDFfhLNOopRrVXbe")
  /// Letters that may have a value joined to them.
  private static let joined = Set("qdQ")
  /// Letters without a value that change nothing here.
  private static let ignored = Set("iIGUmncsxM")

  private mutating func takeShort(_ word: Substring, _ rest: inout ArraySlice<String>) throws(ArgumentProblem) {
    var letters = word
    while let letter = letters.popFirst() {
      if SendArguments.valued.contains(letter) {
        var value = String(letters)
        if value.isEmpty {
          guard let next = rest.popFirst() else { throw .wrong("missing value for '-\(letter)'") }
          value = next
        }
        return try take(letter, value)
      }
      if SendArguments.joined.contains(letter) {
        if letter == "q" { action = .run }
        return
      }
      switch letter {
      case "t": request.readsRecipients = true
      case "v": isVerbose = true
      case _ where !SendArguments.ignored.contains(letter): throw .unknown
      default: break
      }
    }
  }

  private mutating func take(_ letter: Character, _ value: String) throws(ArgumentProblem) {
    switch letter {
    case "f", "r": request.sender = value
    case "F": request.fullName = value
    case "N": request.notify = try notifications(value)
    case "R":
      switch value.lowercased() {
      case "full": request.returns = "full"
      case "hdrs", "headers": request.returns = "headers"
      default: throw .wrong("-R \(value): full or hdrs is wanted")
      }
    case "V": request.envelopeID = value
    case "B":
      guard ["7bit", "8bitmime", "binarymime"].contains(value.lowercased()) else {
        throw .wrong("-B \(value): 7BIT or 8BITMIME is wanted")
      }
    case "b": try takeMode(value)
    default: break
    }
  }

  private mutating func takeMode(_ mode: String) throws(ArgumentProblem) {
    switch mode {
    case "m", "a": break
    case "p": action = .list
    case "s": action = .session
    case "i": action = .nothing
    default: throw .wrong("-b \(mode): this is no mail server; only -bm, -bp, -bs and -bi are known")
    }
  }

  private func notifications(_ value: String) throws(ArgumentProblem) -> [String] {
    let words = value.lowercased().split(separator: ",").map(String.init)
    if words == ["never"] { return words }
    guard !words.isEmpty, words.allSatisfy({ ["success", "failure", "delay"].contains($0) }) else {
      throw .wrong("-N \(value): never, or some of success, failure and delay are wanted")
    }
    return words
  }
}
