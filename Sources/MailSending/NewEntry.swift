internal import MailSystem

/// A message that is being written, and becomes an entry of the queue with `commit`. Until then it is nowhere.
final class NewEntry {
  let id: String
  private let directory: String
  private var file: File?
  private var isFinished = false

  /// Opens a file for the message in `tmp/` of the queue.
  init(in queue: Queue, at seconds: Int64) throws(SendError) {
    directory = queue.directory
    var attempts = 5
    while true {
      let id = Queue.newName(at: seconds)
      do throws(SystemError) {
        let file = try File("\(queue.directory)/tmp/\(id).eml", [.readWrite, .exclusive])
        // From before it is an entry to its end nobody else is to work on it.
        guard try tryLock(file.descriptor) else { throw .busy("flock", path: id) }
        self.file = consume file
        self.id = id
        return
      } catch {
        attempts -= 1
        guard error.isExisting, attempts > 0 else { throw .queue(error) }
      }
    }
  }

  deinit { if !isFinished { discard() } }

  /// The file in `tmp/`.
  var path: String { "\(directory)/tmp/\(id).eml" }
  var descriptor: Int32 { file?.descriptor ?? -1 }

  /// Writes behind what is there.
  func write(_ bytes: ArraySlice<UInt8>) throws(SendError) {
    let (descriptor, path) = (descriptor, path)
    try queued { () throws(SystemError) in try writeAll(bytes, to: descriptor, path: path) }
  }

  /// Makes it an entry, locked by this process. On the disk when `Queue.synchronise` has returned; until then `withdraw`
  /// takes it back.
  func commit(_ record: QueueRecord) throws(SendError) -> QueueEntry {
    guard let file = file.take() else { throw .queue(.notFound("commit", path: path)) }
    let log = "\(directory)/tmp/\(id).log"
    do throws(SystemError) {
      let text = try File(log, [.readWrite, .exclusive, .append])
      try text.write(Array(record.text.utf8))
      // Both on their way to the disk at once: the second sync then has hardly anything to wait for.
      beginWriting(text.descriptor)
      // INVARIANT: both files synced, then the message renamed, then the log, which makes it an entry.
      try file.synchronise()
      try text.synchronise()
      try renameFileExclusively(path, to: "\(directory)/\(id).eml")
      do throws(SystemError) {
        try renameFileExclusively(log, to: "\(directory)/\(id).log")
      } catch {
        // Not accepted, so it must not stay.
        try? removeFile("\(directory)/\(id).eml")
        throw error
      }
      isFinished = true
      return QueueEntry(
        directory: directory, message: file, log: text, record: record, state: QueueState(record), endsInNewline: true,
        isDone: false)
    } catch {
      throw .queue(error)
    }
  }

  private func discard() {
    // What stays is removed after 36 hours.
    try? removeFile(path)
    try? removeFile("\(directory)/tmp/\(id).log")
  }
}
