internal import MailBytes

/// The text of `ID.log`: the record, then a line for each event.
enum QueueLog {
  /// The most that is read of one, in bytes.
  static let limit = 64 << 20

  /// The record and the state that `bytes` tell of; nil when the record is damaged. A line that a process has left
  /// unfinished is passed over.
  static func read(_ bytes: [UInt8]) -> (record: QueueRecord, state: QueueState)? {
    let text = string(bytes)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: true)[...]
    guard let record = QueueRecord(parsing: &lines) else { return nil }
    var state = QueueState(record)
    for line in lines { if let event = QueueEvent(parsing: line) { state.apply(event) } }
    return (record, state)
  }
}
