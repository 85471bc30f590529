/// One MAIL and what follows it: who is to get the message, and what the server has said of each so far.
struct SMTPTransaction {
  let envelope: SMTPEnvelope
  let rendition: MessageRendition
  /// Places in the envelope.
  private let batch: [Int]
  /// Recipients that the server took, in the order of their commands.
  private(set) var accepted: [Int] = []
  /// Recipients for which this transaction had no room, to be named in the next.
  private(set) var remaining: [Int] = []
  private(set) var verdicts: [Int: SMTPOutcome.Verdict] = [:]
  /// What the server said of the message.
  var reply: SMTPReply?

  /// `batch` are places in the recipients of `envelope`.
  init(_ envelope: SMTPEnvelope, _ batch: [Int], _ rendition: MessageRendition) {
    self.envelope = envelope
    self.batch = batch
    self.rendition = rendition
  }

  var recipients: [SMTPRecipient] { batch.map { envelope.recipients[$0] } }

  /// Takes the reply to the RCPT for recipient number `place` of the batch.
  mutating func takeReply(_ reply: SMTPReply, forRecipient place: Int) {
    let index = batch[place]
    if reply.isPositive {
      accepted.append(index)
    } else if isTooMany(reply), !accepted.isEmpty {
      remaining.append(index)
    } else {
      verdicts[index] = .refused(reply)
    }
  }

  /// The server has no room for more recipients, which says nothing about this one. RFC 5321, section 4.5.3.1.10, has 452,
  /// and 552 from old servers; the enhanced code tells it from a full mailbox or disk.
  private func isTooMany(_ reply: SMTPReply) -> Bool {
    guard let enhanced = reply.enhanced else { return reply.code == 452 || reply.code == 552 }
    return enhanced.subject == 5 && enhanced.detail == 3
  }

  /// All whom nothing was said about yet get `verdict`; nobody is left for a next transaction.
  mutating func settle(_ verdict: SMTPOutcome.Verdict) {
    for index in batch where verdicts[index] == nil { verdicts[index] = verdict }
    remaining = []
  }

  /// All whom the server took get `verdict`.
  mutating func settleAccepted(_ verdict: SMTPOutcome.Verdict) {
    for index in accepted where verdicts[index] == nil { verdicts[index] = verdict }
  }

  /// The recipient number `place` of those whom the server took gets `verdict`.
  mutating func settleAccepted(_ place: Int, _ verdict: SMTPOutcome.Verdict) { verdicts[accepted[place]] = verdict }
}
