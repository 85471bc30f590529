import MailCommand
import MailConfiguration
import MailSending
import MailSystem

/// What one command line asks for.
struct SendCommand {
  let arguments: SendArguments

  init(_ arguments: SendArguments) { self.arguments = arguments }

  func run() throws {
    setFileCreationMask(0o077)
    switch arguments.action {
    case .nothing: return
    case .send: try send()
    case .list: try list()
    case .run, .flush: try runQueue()
    case .hold, .release, .delete: try change()
    case .undo: try undo()
    case .session: try speak()
    }
  }

  private func outbox() throws -> Outbox {
    let outbox = try SendSettings(arguments).outbox()
    outbox.notify = { MailSend.warn($0) }
    return outbox
  }

  private func dispatcher(_ outbox: Outbox) -> Dispatcher {
    // Standard input is the message; who sees standard error can be asked on the terminal.
    Dispatcher(
      outbox, prompt: isTerminal(2) ? { askSecret($0) } : nil, log: arguments.isVerbose ? { MailSend.note($0) } : nil)
  }

  private func send() throws {
    guard ensureStandardDescriptors() else { throw Failure(.noInput, "standard input is closed") }
    exitOnTermination(with: ExitCode.interrupted.rawValue)
    let outbox = try outbox()
    outbox.receiving = { path in
      removeOnTermination(path)
      // From here on an interrupt takes the message back, as long as no server has it.
      if path == nil { catchInterrupts() }
    }
    if isTerminal(standardInput) { MailSend.note("Type the message, its header first; Ctrl-D ends it.") }
    let entry = try outbox.accept(try request(), from: standardInput)
    let result = try outbox.send(entry, with: dispatcher(outbox))
    outbox.noteAcceptance(entry, result)
    let report = ResultPrinter(format: arguments.format, isVerbose: arguments.isVerbose)
    try report.print(result)
    if let wait = outbox.wait(for: result) {
      startRunner(result.id, after: wait)
      if wait == 0 { outbox.queue.wake() }
    }
    let code = ResultPrinter.exitCode(result, queued: outbox.configuration.send.queuedExit)
    if code != 0 { throw ExitCode(code) }
  }

  /// What is asked for, with the time at which the message is to go.
  private func request() throws -> SendRequest {
    var request = arguments.request
    let time = now() / 1_000_000_000
    if let delay = arguments.delay { request.notBefore = time + Int64(delay) }
    if let text = arguments.time {
      request.notBefore = try SendTime(now: time) { MailSystem.LocalTime(seconds: $0).offset }.parse(text)
      request.isScheduled = true
    }
    return request
  }

  /// Leaves a process behind that sends the message when its time has come. The timer does so too, only later.
  private func startRunner(_ id: String, after seconds: Int64) {
    guard let path = Program.find(CommandLine.arguments.first ?? "mail-send") else { return }
    var words = ["--queue", "run", "--delay", String(seconds)]
    if let file = arguments.configuration { words += ["--config", absolutePath(file)] }
    if let store = arguments.store { words += ["--store", absolutePath(store)] }
    // Without it the message waits for the timer.
    try? Program(path, words + [id]).startDetached()
  }

  /// `-bs`: messages come by SMTP.
  private func speak() throws {
    let outbox = try outbox()
    let dispatcher = dispatcher(outbox)
    outbox.receiving = { removeOnTermination($0) }
    exitOnTermination(with: ExitCode.interrupted.rawValue)
    var session = SubmissionSession(outbox, template: arguments.request, input: standardInput, output: 1)
    try session.run { entry in
      let result = try outbox.send(entry, with: dispatcher)
      outbox.noteAcceptance(entry, result)
      return result
    }
  }

  private func list() throws {
    try QueuePrinter(format: arguments.format).print(try outbox().list(arguments.ids))
  }

  private func runQueue() throws {
    if let delay = arguments.delay { sleep(nanoseconds: Int64(delay) * 1_000_000_000) }
    let outbox = try outbox()
    catchInterrupts()
    var request = RunRequest()
    request.ids = arguments.ids.isEmpty ? nil : arguments.ids
    request.evenIfNotDue = arguments.action == .flush
    let report = ResultPrinter(format: arguments.format, isVerbose: arguments.isVerbose)
    try outbox.run(request, with: dispatcher(outbox), isStopped: interruptRequested) {
      // What still waits is no news for whoever reads the mail of cron; a result that can't be printed stands in the queue.
      if arguments.action == .flush || arguments.isVerbose || arguments.format == .json { try? report.print($0) }
    }
    if interruptRequested() { throw ExitCode.interrupted }
  }

  private func change() throws {
    let outbox = try outbox()
    guard !arguments.ids.isEmpty else { throw Failure.usage("which message? 'mail-send --queue list' names them") }
    for id in arguments.ids {
      switch arguments.action {
      case .hold: try outbox.hold(id)
      case .release: try outbox.release(id)
      default: try outbox.delete(id)
      }
    }
  }

  private func undo() throws {
    let outbox = try outbox()
    for id in arguments.ids.isEmpty ? [String?.none] : arguments.ids.map({ Optional($0) }) {
      guard let record = try outbox.undo(id) else { throw Failure(.no, "nothing waits that could be taken back") }
      MailSend.note("\(record.id): taken back to Drafts: \(record.message.subject)")
    }
  }

  // MARK: Errors

  /// What an error of MailSending means to the shell.
  static func failure(for error: any Error) -> Failure? {
    switch error {
    case SendFailure.configuration(let cause): return MailSend.commonFailure(for: cause)
    case SendFailure.send(let cause): return failure(cause)
    case let cause as SendError: return failure(cause)
    default: return nil
    }
  }

  private static func failure(_ error: SendError) -> Failure {
    let text = error.description
    switch error {
    case .badMessage, .badAddress, .noRecipients: return Failure(.badData, text)
    case .tooLarge, .tooManyRecipients: return Failure(.refused, text)
    case .badTime: return Failure(.usage, text, hint: "mail-send(1) describes times.")
    case .noServer: return Failure(.configuration, text, hint: "mail-setup asks for one; see mail-config(5).")
    case .noHome: return Failure(.configuration, text)
    case .notTrusted: return Failure(.notPermitted, text)
    case .noSuchEntry: return Failure(.noInput, text, hint: "mail-send --queue list names them.")
    case .queue, .input, .copy, .busyEntry: return Failure(.temporary, text)
    case .interrupted: return Failure(.interrupted, text)
    }
  }
}

extension MailSend {
  /// A line for the person who runs the command.
  static func note(_ text: String) {
    // Nobody reads standard error any more: then nobody wants to know.
    try? writeAll(clean(text) + "\n", to: 2)
  }
}
