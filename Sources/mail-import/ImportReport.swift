import MailBytes
import MailCommand
import MailConfiguration
import MailImport
import MailStore
import MailSystem
import Maildir

/// What an import says while it goes on and at its end, and the exit code that follows from it.
final class ImportReport {
  /// Why the exit code isn't 0; what there is to say about it has been said.
  private(set) var failure: Failure?
  private let isQuiet: Bool
  private let complain: (Failure) -> Void
  private var bar = Progress("Importing (kB)")
  private var summary = ImportSummary()
  private var stored = 0
  private var reported = 0
  /// Something has been imported that the same command needs not do again.
  private var canGoOn = false

  /// Problems are named one by one up to this number.
  private static let mostLines = 100

  init(isQuiet: Bool, complain: @escaping (Failure) -> Void) {
    self.isQuiet = isQuiet
    self.complain = complain
  }

  /// The name of the folder that `--folder` means.
  static func folderName(_ name: String) throws -> String {
    if let problem = FolderName.problem(with: name) { throw Failure.usage("\(name): \(problem)") }
    return FolderName.isInbox(name) ? FolderRole.inbox.standardName : name
  }

  /// Looks at a source; one that can't be imported is no reason not to import the others.
  func trying(_ body: () throws(ImportError) -> ImportSource) -> ImportSource? {
    do throws(ImportError) {
      return try body()
    } catch {
      fail(ImportReport.failure(for: error))
      return nil
    }
  }

  /// Runs `body`, which tells what happens.
  func follow(
    _ job: ImportJob, _ body: (@escaping (ImportEvent) throws -> Void) throws(ImportError) -> ImportSummary
  ) throws {
    let sizes = job.sources.map(\.size)
    do throws(ImportError) {
      summary = try body { [self] in try take($0, sizes) }
      bar.finish()
    } catch {
      bar.finish()
      throw stopped(by: error)
    }
    if summary.unreadable > 0 { failure = failure ?? Failure(.badData, "") }
    if summary.tooLarge > 0 { failure = failure ?? Failure(.refused, "") }
  }

  private func take(_ event: ImportEvent, _ sizes: [Int64]) throws {
    switch event {
    case .message: if interruptRequested() { throw ImportError.interrupted }
    case .problem(let problem): report(problem)
    case .progress(let source, let bytes):
      let done = sizes[..<source].reduce(0, +) + min(bytes, sizes[source])
      bar.update(Int(done / 1000), of: Int(sizes.reduce(0, +) / 1000))
    case .stored(let number): stored = number
    case .failed(let error): fail(ImportReport.failure(for: error))
    case .begun: canGoOn = true
    case .resumed(let time):
      canGoOn = true
      if !isQuiet { say("going on with the import that was begun at \(minute(time / 1_000_000_000))") }
    }
  }

  private func report(_ problem: SourceProblem) {
    let text: String
    switch problem {
    case .tooLarge(let name, let size): text = "\(name): left out: too large (\(sizeText(Int(size))))"
    case .unreadable(let name, let reason): text = "\(name): left out: \(reason)"
    case .incomplete(let name, let reason): text = "\(name): \(reason)"
    case .expunged, .noMail: return
    }
    reported += 1
    guard reported <= Self.mostLines else { return }
    bar.finish()
    complain(Failure(.success, reported == Self.mostLines ? "\(text); no more of these are named" : text))
  }

  private func fail(_ failure: Failure) {
    bar.finish()
    complain(failure)
    self.failure = self.failure ?? Failure(failure.code, "")
  }

  private func say(_ text: String) { complain(Failure(.success, text)) }

  /// Ends where nothing could be imported at all.
  func end() -> Failure { failure ?? Failure(.noInput, "") }

  /// What is said when an import ends before its time.
  private func stopped(by error: ImportError) -> Failure {
    var failure = ImportReport.failure(for: error)
    switch error {
    case .interrupted:
      failure.message = "stopped: \(count(stored, "message")) imported"
      if canGoOn { failure.message += "; the same command goes on from there" }
    case .changed, .busy: break
    default:
      guard canGoOn else { break }
      failure.hint = "\(count(stored, "message")) imported. The same command goes on from there."
    }
    return failure
  }

  // MARK: At the end

  /// The summary, on standard error.
  func printSummary() {
    guard !isQuiet else { return }
    let folders = summary.folders.count { $0.messages > 0 }
    var text = "\(count(summary.messages, "message")) imported"
    if folders == 1, let folder = summary.folders.first(where: { $0.messages > 0 }) { text += " into \(folder.name)" }
    if folders > 1 { text += " into \(folders) folders" }
    if summary.messages > 0 { text += " (\(sizeText(Int(summary.bytes))))" }
    say(text + remarks())
  }

  private func remarks() -> String {
    let counts: [(Int, String)] = [
      (summary.done, "imported before"), (summary.duplicates, "there already"), (summary.tooLarge, "too large"),
      (summary.unreadable, "unreadable"), (summary.homeless, "without a folder"),
      (summary.expunged, "deleted in the mailbox"),
    ]
    var text = counts.filter { $0.0 > 0 }.map { "; \(grouped($0.0)) \($0.1)" }.joined()
    if summary.foreignFiles > 0 { text += "; \(count(summary.foreignFiles, "file")) without mail" }
    return text
  }

  /// Says when the store at `root` holds more than it may: an import goes by no quota.
  func compare(_ root: String, with settings: Configuration.Quota) throws {
    var limits = MaildirQuota.Limits(bytes: settings.limit, messages: settings.messages)
    if limits.isUnlimited { limits = try MaildirQuota.recorded(inStore: root)?.limits ?? limits }
    guard summary.messages > 0, !limits.isUnlimited else { return }
    let used = try StoreUsage(of: MaildirRoot(root)).total
    let isOver = limits.bytes.map { used.bytes > $0 } ?? false || limits.messages.map { used.messages > $0 } ?? false
    guard isOver else { return }
    say(
      "the store holds more than its quota allows: \(sizeText(Int(used.bytes))) in \(count(Int(used.messages), "message"))"
    )
  }

  /// What would be done, on standard output: a line for each folder.
  func printPlan() throws {
    let output = Output()
    for folder in summary.folders {
      let size = sizeText(Int(folder.bytes))
      try output.write(
        "\(clean(folder.name)): \(count(folder.messages, "message")), \(size)\(folder.isNew ? ", a new folder" : "")\n")
    }
    try output.finish()
    guard !isQuiet else { return }
    say("\(count(summary.messages, "message")) would be imported" + remarks())
  }

  private func count(_ number: Int, _ noun: String) -> String { "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")" }

  private func grouped(_ number: Int) -> String {
    let digits = String(number)
    var text = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }

  private func minute(_ seconds: Int64) -> String {
    let time = MailSystem.LocalTime(seconds: seconds)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(time.year)-\(two(time.month))-\(two(time.day)) \(two(time.hour)):\(two(time.minute))"
  }

  // MARK: Exit codes

  /// What `error` means to the shell.
  static func failure(for error: ImportError) -> Failure {
    switch error {
    case .notFound: Failure(.noInput, error.description)
    case .notMail, .damaged: Failure(.badData, error.description)
    case .refused: Failure(.refused, error.description)
    case .changed:
      Failure(
        .badData, error.description,
        hint: "With --start-over all of it is imported; with --skip-duplicates as well, what isn't there yet.")
    case .interrupted: Failure(.interrupted, error.description)
    case .busy: Failure(.temporary, error.description)
    case .folder: Failure(.cannotCreate, error.description)
    case .system(let cause): MailImportCommand.commonFailure(for: cause)
    case .store(let cause): MailImportCommand.commonFailure(for: cause)
    }
  }
}
