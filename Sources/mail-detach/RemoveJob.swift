import MailAttachments
import MailCommand
import MailMIME
import MailStore
import MailSystem

/// Replaces messages by ones in which parts are traces; the message of standard input goes to standard output.
struct RemoveJob: Job {
  private let numbers: [String]
  private let force: Bool
  private let directory: String?
  private let options: Saver.Options
  private var files: Files?
  var isEmpty: Bool { false }

  init(numbers: [String], force: Bool, directory: String?, hidden: Bool, overwrite: Bool) {
    self.numbers = numbers
    self.force = force
    self.directory = directory
    var options = Saver.Options()
    options.allowsHidden = hidden
    options.overwrites = overwrite
    // What is taken out of a message must be safe elsewhere first.
    options.isDurable = true
    self.options = options
  }

  mutating func run(_ source: MessageSource) throws {
    let message = Message(parsing: source.bytes)
    let isFilter = source.row == nil
    var result = message.bytes
    let parts = try parts(of: message, source)
    if !parts.isEmpty {
      try check(parts, source)
      let now = now() / 1_000_000_000
      let date = MailDate(seconds: now, offsetMinutes: Int(LocalTime(seconds: now).offset / 60))
      guard let bytes = message.removing(parts.map(\.part), at: date) else {
        throw Failure(.badData, "\(source.name): too damaged to take a part out without harm to the others")
      }
      // INVARIANT: saved, synced and read back before the message is touched.
      if let directory {
        let files = try files ?? Files(directory, options, prints: !isFilter)
        self.files = files
        for part in parts { try files.save(part) }
      }
      result = bytes
    }
    if isFilter {
      let output = Output()
      try output.write(result)
      try output.finish()
    } else if let store = source.store, let row = source.row, result != message.bytes {
      _ = try store.replace(row.id, with: result)
    }
  }

  func finish() throws { try files?.finish() }

  private func parts(of message: Message, _ source: MessageSource) throws -> [Attachment] {
    if numbers.contains("all") { return attachments(of: message) }
    // A second time there is nothing left to do.
    let wanted = numbers.filter { message.part($0)?.trace == nil }
    if wanted.isEmpty { return [] }
    return try Selection(numbers: wanted).parts(of: message, source)
  }

  /// Refuses what would do harm.
  private func check(_ parts: [Attachment], _ source: MessageSource) throws {
    for part in parts {
      switch part.part.removability {
      case .free, .multipart, .removed: continue
      case .sealed(let method):
        throw Failure(
          .refused, "\(source.name): part \(part.number) is sealed with \(method) and can't be removed",
          hint: "What mail-decrypt makes of the message has parts that can.")
      case .breaksSignature(let method):
        let text = "\(source.name): without part \(part.number) the \(method) signature is no longer good"
        if force { continue }
        guard isTerminal(0), confirm(text + "; remove it all the same?") else {
          throw Failure(.refused, text, hint: "--force removes it all the same.")
        }
        return
      }
    }
  }
}
