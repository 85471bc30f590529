internal import MailBytes
public import MailConfiguration
internal import MailSystem
internal import Maildir

/// The way out: a message is taken in, kept in the queue with its copy in Sent, and given to a server.
public final class Outbox {
  public let queue: Queue
  public let configuration: Configuration
  /// The file that was named instead of the usual configuration.
  let configurationPath: String?
  /// The store, absolute; nil where there is none.
  let store: String?
  /// Is told what a person should know.
  public var notify: (String) -> Void = { _ in }
  /// Is told the file that is worth nothing if the process ends now; nil from when on the message may be in the queue.
  public var receiving: (String?) -> Void = { _ in }
  /// Gives the members of a list or group.
  public var expand: Expansion = expandNothing

  /// The way out of `store` with `configuration`, read from `configurationPath` where that was named.
  public init(queue: Queue, configuration: Configuration, configurationPath: String? = nil, store: String?) {
    self.queue = queue
    self.configuration = configuration
    self.configurationPath = configurationPath
    self.store = store
    expand = { [unowned self] (kind, name) throws(SendError) in try members(kind, name) }
  }

  /// Reads a message from `descriptor` to its end and puts it into the queue, its copy into Sent. When this returns it is on
  /// the disk, and this process alone may send it.
  public func accept(_ request: SendRequest, from descriptor: Int32) throws(SendError) -> QueueEntry {
    let origin = Origin(configuration)
    var intake = try Intake(from: descriptor)
    var body = try intake.next()
    if intake.head.isEmpty, body.isEmpty { throw .badMessage("the message is empty") }
    let head = try HeadEditor(request, origin: origin, expand: expand).edit(intake.head, body: body)
    head.notices.forEach(notify)
    let limit = configuration.send.maxRecipients
    if limit > 0, head.recipients.count > limit { throw .tooManyRecipients(limit: limit) }
    let server = try server(for: head)
    let directory = try copyDirectory(for: head, request)

    let entry = try NewEntry(in: queue, at: origin.now)
    receiving(entry.path)
    var scan = BodyScan()
    let sizeLimit = sizeLimit(server)
    func take(_ bytes: ArraySlice<UInt8>) throws(SendError) {
      scan.take(bytes.span)
      if sizeLimit > 0, scan.size > sizeLimit { throw .tooLarge(limit: sizeLimit) }
      try entry.write(bytes)
    }
    try take(head.bytes[...])
    while !body.isEmpty {
      try take(body)
      body = try intake.next()
    }
    if !scan.endsInNewline { try take([10]) }

    var record = record(head, request, origin, server: server)
    record.id = entry.id
    record.message.size = scan.size
    record.message.edits += try footerEdits(
      domainOf: head.author, in: entry, size: scan.size, hidden: head.omitted.first)
    if let directory {
      let name = SentCopy.fileName(key: uniqueKey(), size: scan.size, bareLines: scan.bareLines)
      record.aftermath.copy = .init(directory: directory, fileName: name)
    }
    receiving(nil)
    let accepted = try entry.commit(record)
    do throws(SendError) {
      // INVARIANT: the copy is there, and both directories are on the disk, before anything is sent.
      try SentCopy.place(accepted, mayBeThere: false, store: store) { () throws(SendError) in try queue.synchronise() }
    } catch {
      SentCopy.remove(record)
      try accepted.remove()
      throw error
    }
    return accepted
  }

  /// Takes back what `accept` has done: nothing was sent.
  public func discard(_ entry: QueueEntry) throws(SendError) {
    SentCopy.remove(entry.record)
    try entry.remove()
    try queue.synchronise()
  }

  private func record(
    _ head: EditedHead, _ request: SendRequest, _ origin: Origin, server: Configuration.Outgoing?
  ) -> QueueRecord {
    var record = QueueRecord()
    record.created = origin.now
    record.notBefore = request.notBefore ?? origin.now + Int64(configuration.send.delay)
    record.envelope.sender = head.sender
    record.envelope.recipients = head.recipients
    record.envelope.notify = request.notify ?? server?.notification.notify ?? []
    record.envelope.returns = request.returns ?? server?.notification.return?.rawValue
    record.envelope.envelopeID = request.envelopeID
    record.message.edits = head.omitted.map { .init(Int64($0.lowerBound)..<Int64($0.upperBound)) }
    record.message.messageID = head.messageID
    record.message.subject = head.subject
    record.aftermath.replied = head.replied
    record.aftermath.forwarded = head.forwarded
    record.aftermath.draft = head.draft
    record.place.identity = head.identity?.address ?? ""
    record.place.server = server?.name ?? ""
    record.place.configuration = configurationPath.map { absolutePath($0) }
    record.place.store = store.flatMap { isDirectory($0) ? $0 : nil }
    return record
  }

  /// The server of the identity; nil where only gateways are asked for and none is configured.
  private func server(for head: EditedHead) throws(SendError) -> Configuration.Outgoing? {
    if let found = configuration.outgoing(for: head.identity) { return found }
    guard head.recipients.contains(where: { $0.kind == .mail }) else { return nil }
    throw .noServer(head.identity?.outgoing)
  }

  private func sizeLimit(_ server: Configuration.Outgoing?) -> Int64 {
    let limits = [configuration.send.sizeLimit, server?.limits.size ?? 0].filter { $0 > 0 }
    return limits.min() ?? 0
  }

  private func copyDirectory(for head: EditedHead, _ request: SendRequest) throws(SendError) -> String? {
    guard request.keepsCopy, let store else { return nil }
    return try SentCopy(configuration: configuration, store: store).directory(for: head.identity)
  }
}
