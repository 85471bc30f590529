internal import MailSystem

/// A message in the queue that this process alone works on.
public final class QueueEntry {
  public let record: QueueRecord
  public private(set) var state: QueueState
  /// Of the queue.
  let directory: String
  /// The message; holds the lock.
  private let message: File
  private let log: File
  private var endsInNewline: Bool
  /// The log is called `ID.done`.
  private(set) var isDone: Bool

  init(
    directory: String, message: consuming File, log: consuming File, record: QueueRecord, state: QueueState,
    endsInNewline: Bool, isDone: Bool
  ) {
    self.directory = directory
    self.message = message
    self.log = log
    self.record = record
    self.state = state
    self.endsInNewline = endsInNewline
    self.isDone = isDone
  }

  public var id: String { record.id }
  /// The descriptor of the message, for reading by position; open as long as this value lives.
  var descriptor: Int32 { message.descriptor }
  var messagePath: String { "\(directory)/\(id).eml" }
  private var logPath: String { "\(directory)/\(id).\(isDone ? "done" : "log")" }

  /// Writes an event down. It survives the end of this process at once, and a power cut when `isDurable`.
  func note(_ event: QueueEvent, isDurable: Bool = false) throws(SendError) {
    do throws(SendError) {
      try append(event.line, isDurable)
    } catch {
      endsInNewline = false
      throw error
    }
    endsInNewline = true
    state.apply(event)
  }

  private func append(_ line: String, _ isDurable: Bool) throws(SendError) {
    try queued { () throws(SystemError) in
      try log.write(Array(((endsInNewline ? "" : "\n") + line).utf8))
      if isDurable { try log.synchronise() }
    }
  }

  /// The same where it is no harm if it isn't written down: the state of this process counts on.
  func noteIfPossible(_ event: QueueEvent) {
    do throws(SendError) { try note(event) } catch { state.apply(event) }
  }

  /// The message has gone: only notes in the store are left to be made.
  func markDone() throws(SendError) {
    guard !isDone else { return }
    try queued { () throws(SystemError) in
      try renameFile("\(directory)/\(id).log", to: "\(directory)/\(id).done")
    }
    isDone = true
  }

  /// Takes the entry out of the queue. INVARIANT: the log goes first, since a message without one is no entry.
  func remove() throws(SendError) {
    try queued { () throws(SystemError) in
      try removeFile(logPath)
      do throws(SystemError) { try removeFile(messagePath) } catch { guard error.isNotFound else { throw error } }
    }
  }
}

extension Queue {
  /// Why an entry can't be worked on.
  public enum Unavailable: Sendable, Equatable {
    /// Another process works on it.
    case busy
    /// It has gone.
    case gone
    /// Its files don't say what they should.
    case damaged
  }

  /// Takes the entry `id` for this process.
  public func take(_ id: String) throws(SendError) -> (entry: QueueEntry?, problem: Unavailable?) {
    guard Queue.isName(id) else { return (nil, .gone) }
    let directory = directory
    do throws(SystemError) {
      let message = try File("\(directory)/\(id).eml")
      guard try tryLock(message.descriptor) else { return (nil, .busy) }
      var isDone = false
      let log: File
      do throws(SystemError) {
        log = try File("\(directory)/\(id).log", [.readWrite, .append])
      } catch {
        guard error.isNotFound else { throw error }
        log = try File("\(directory)/\(id).done", [.readWrite, .append])
        isDone = true
      }
      let bytes = try readToEnd(log.descriptor, limit: QueueLog.limit, path: log.path)
      guard let found = QueueLog.read(bytes), found.record.id == id,
        try message.status().size == found.record.message.size
      else { return (nil, .damaged) }
      let entry = QueueEntry(
        directory: directory, message: message, log: log, record: found.record, state: found.state,
        endsInNewline: bytes.last == 10, isDone: isDone)
      return (entry, nil)
    } catch {
      guard error.isNotFound else { throw .queue(error) }
      return (nil, (try look(at: id)) == nil ? .gone : .damaged)
    }
  }
}
