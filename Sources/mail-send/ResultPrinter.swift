import MailCommand
import MailSending
import MailSystem

/// Tells what became of a message: as text on standard error, or as JSON on standard output.
struct ResultPrinter {
  let format: SendArguments.Format
  let isVerbose: Bool

  func print(_ result: SendResult) throws {
    if format == .text { return tell(result) }
    let output = Output()
    for recipient in result.recipients { try output.withBuffer { append(recipient, result, to: &$0) } }
    try output.finish()
  }

  /// A line for all recipients of whom the same is to be said.
  private func tell(_ result: SendResult) {
    if result.isScheduled {
      guard result.due > now() / 1_000_000_000 else { return }
      return MailSend.note("\(result.id): goes at \(localTime(result.due)); mail-send --undo takes it back")
    }
    var groups: [(line: String, isNews: Bool, addresses: [String])] = []
    for recipient in result.recipients {
      let line = words(recipient, result)
      if let place = groups.firstIndex(where: { $0.line == line }) {
        groups[place].addresses.append(recipient.recipient.address)
      } else {
        groups.append((line, recipient.kind != .sent, [recipient.recipient.address]))
      }
    }
    for group in groups where group.isNews || isVerbose {
      let more = group.addresses.count > 3 ? " and \(group.addresses.count - 3) more" : ""
      MailSend.warn("\(group.addresses.prefix(3).joined(separator: ", "))\(more): \(group.line)")
    }
  }

  private func words(_ recipient: RecipientResult, _ result: SendResult) -> String {
    let said = recipient.outcome?.description ?? result.problem?.description ?? ""
    let reason = said.isEmpty ? "" : ": \(said)"
    switch recipient.kind {
    case .sent: return "sent\(reason)"
    case .refused: return "refused\(reason)"
    case .failed: return "not sent\(reason)"
    case .queued: return "waits in the queue as \(result.id)\(reason)"
    case .doubtful: return "may have been sent; waits as \(result.id) until it is released or deleted"
    }
  }

  private func append(_ recipient: RecipientResult, _ result: SendResult, to buffer: inout ByteBuffer) {
    var object = JSONObject(in: &buffer)
    object.add("id", result.id, in: &buffer)
    object.add("message_id", result.messageID, in: &buffer)
    object.add("address", recipient.recipient.address, in: &buffer)
    object.add("kind", recipient.recipient.kind.rawValue, in: &buffer)
    object.add("result", recipient.kind.rawValue, in: &buffer)
    if let outcome = recipient.outcome {
      object.add("server", nonEmpty: outcome.by, in: &buffer)
      if outcome.code > 0 { object.add("code", Int64(outcome.code), in: &buffer) }
      object.add("status", nonEmpty: outcome.status, in: &buffer)
      object.add("text", outcome.text, in: &buffer)
    } else if let problem = result.problem {
      object.add("text", problem.description, in: &buffer)
    }
    if recipient.kind == .queued { object.add("due", result.due, in: &buffer) }
    object.end(in: &buffer)
  }

  /// 0 where somebody has it, `queued` where it waits; else why nobody has it.
  static func exitCode(_ result: SendResult, queued: Int) -> Int32 {
    if result.isScheduled { return 0 }
    if result.isQueued { return Int32(queued) }
    if result.has(.sent) { return 0 }
    switch result.problem {
    case .login: return ExitCode.notPermitted.rawValue
    case .configuration: return ExitCode.configuration.rawValue
    default: break
    }
    if result.has(.failed) { return ExitCode.temporary.rawValue }
    let isUnknown = result.recipients.allSatisfy { $0.outcome?.isUnknownUser ?? false }
    return (isUnknown ? ExitCode.noUser : .refused).rawValue
  }
}
