internal import MailBytes
internal import MailMIME
public import MailReports
public import MailStore

/// What a message asks for, and what became of it.
public struct ReceiptState {
  public var row: MessageRow
  public var path: String
  /// Nil when it asks for nothing.
  public var request: ReceiptRequest?
  public var isAnswered: Bool

  public init(row: MessageRow, path: String, request: ReceiptRequest?, isAnswered: Bool) {
    self.row = row
    self.path = path
    self.request = request
    self.isAnswered = isAnswered
  }
}

/// Prints whom the receipts of `states` would go to: for people, or as one JSON object a line.
public func printReceipts(_ states: [ReceiptState], asJSON: Bool) throws {
  let output = Output()
  for (place, state) in states.enumerated() {
    try output.withBuffer { buffer in
      if asJSON { return append(json: state, to: &buffer) }
      if place > 0 { buffer.append(UInt8(ascii: "\n")) }
      for line in lines(state) { buffer.append(clean(line) + "\n") }
    }
  }
  try output.finish()
}

private func lines(_ state: ReceiptState) -> [String] {
  let row = state.row
  var lines = ["Subject:    \(row.subject.isEmpty ? "(no subject)" : row.subject)"]
  let name = row.sender == row.senderAddress ? row.sender : "\(row.sender) <\(row.senderAddress)>"
  lines.append("From:       \(name)")
  guard let request = state.request else { return lines + ["Receipt:    not asked for"] }
  lines.append("Receipt to: \(request.names)")
  if state.isAnswered { lines.append("Answered:   yes, sent or refused") }
  if let obstacle = request.obstacle { lines.append("None goes:  \(obstacle.explanation)") }
  for doubt in request.doubts { lines.append("Note:       \(doubt.explanation)") }
  return lines
}

private func append(json state: ReceiptState, to buffer: inout ByteBuffer) {
  var object = JSONObject(in: &buffer)
  object.add("id", state.row.id, in: &buffer)
  object.add("message_id", orNull: state.row.messageID, in: &buffer)
  object.add("path", path: state.path, in: &buffer)
  object.add("from_address", state.row.senderAddress, in: &buffer)
  object.add("subject", state.row.subject, in: &buffer)
  object.add("receipt_to", state.request?.addresses.map(\.address) ?? [], in: &buffer)
  object.add("answered", state.isAnswered, in: &buffer)
  object.add("automatic", state.request?.allowsAutomatic ?? false, in: &buffer)
  object.add("notes", state.request?.doubts.map(\.rawValue) ?? [], in: &buffer)
  object.add("obstacle", orNull: state.request?.obstacle?.explanation, in: &buffer)
  object.end(in: &buffer)
}
