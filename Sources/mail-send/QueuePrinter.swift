import MailCommand
import MailSending
import MailSystem

/// Lists the queue: for people, or one JSON object a line.
struct QueuePrinter {
  let format: SendArguments.Format

  func print(_ listings: [QueueListing]) throws {
    let output = Output()
    for listing in listings {
      switch format {
      case .text: try output.write(text(listing))
      case .json: try output.withBuffer { append(listing, to: &$0) }
      }
    }
    try output.finish()
  }

  private func text(_ listing: QueueListing) -> String {
    let (record, state) = (listing.record, listing.state)
    let open = record.envelope.recipients.enumerated().filter { place in
      guard let kind = state.outcomes[place.offset]?.kind else { return true }
      return kind == .temporary
    }
    let names = open.prefix(3).map(\.element.address).joined(separator: ", ")
    let more = open.count > 3 ? " and \(open.count - 3) more" : ""
    let due = listing.summary == .waiting || listing.summary == .scheduled ? ", next \(localTime(state.due))" : ""
    var text =
      "\(record.id)  \(localTime(record.created))  \(sizeText(Int(record.message.size)))  \(listing.summary.rawValue)\(due)\n"
    text += "    \(clean(record.envelope.sender.isEmpty ? "<>" : record.envelope.sender)) to \(clean(names))\(more)\n"
    if !record.message.subject.isEmpty { text += "    \(clean(record.message.subject))\n" }
    if let reason = listing.reason { text += "    \(clean(reason))\n" }
    return text
  }

  private func append(_ listing: QueueListing, to buffer: inout ByteBuffer) {
    let (record, state) = (listing.record, listing.state)
    var object = JSONObject(in: &buffer)
    object.add("id", record.id, in: &buffer)
    object.add("state", listing.summary.rawValue, in: &buffer)
    object.add("created", record.created, in: &buffer)
    object.add("due", state.due, in: &buffer)
    object.add("attempts", Int64(state.attempts), in: &buffer)
    object.add("sender", record.envelope.sender, in: &buffer)
    object.add("server", nonEmpty: record.place.server, in: &buffer)
    object.add("size", record.message.size, in: &buffer)
    object.add("message_id", record.message.messageID, in: &buffer)
    object.add("subject", record.message.subject, in: &buffer)
    object.add("recipients", record.envelope.recipients.map(\.address), in: &buffer)
    object.add(
      "results",
      record.envelope.recipients.indices.map {
        state.doubtful.contains($0) ? "doubtful" : state.outcomes[$0].map { $0.kind.rawValue } ?? "waiting"
      }, in: &buffer)
    object.add("reason", orNull: listing.reason, in: &buffer)
    object.end(in: &buffer)
  }
}

/// `seconds` since 1970 as a clock on the wall shows it.
func localTime(_ seconds: Int64) -> String {
  let parts = MailSystem.LocalTime(seconds: seconds)
  func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
  return
    "\(parts.year)-\(two(parts.month))-\(two(parts.day)) \(two(parts.hour)):\(two(parts.minute)):\(two(parts.second))"
}
