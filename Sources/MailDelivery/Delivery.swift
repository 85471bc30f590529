public import MailConfiguration
internal import MailSystem
internal import Maildir

/// What the caller knows about a message besides its bytes.
public struct DeliveryRequest: Sendable {
  /// The envelope sender; empty for the empty sender, nil when nobody said.
  public var sender: String?
  /// The address it was sent to.
  public var recipient: String?
  /// The folder it must go to.
  public var folder: String?
  /// Filters and the folder by address detail are left out.
  public var skipsFilters = false

  public init() {}
}

/// What became of a message.
public enum DeliveryResult: Sendable, Equatable {
  /// It is on the disk, at this path.
  case stored(path: String)
  /// It was delivered before, and suppressing duplicates is on.
  case duplicate
}

/// What a delivery tells while it runs.
public enum DeliveryEvent: Sendable {
  /// The message is being written to this file in `tmp/`, which is worth nothing if the process ends now.
  case receiving(path: String)
  /// From here on the message may become visible: whoever stops the process now can't know whether it was delivered.
  case committing
  /// Something was done otherwise than asked for.
  case notice(String)
}

/// The way of one message into a store: size limit, (spam), (filters), folder, store. At every moment either none of it or
/// all of it is there, and `run` returns only when it is on the disk.
public struct Delivery {
  let root: MaildirRoot
  let configuration: Configuration
  let report: (DeliveryEvent) -> Void

  /// Delivers into the store at `path`, which is made when it is missing.
  public init(
    store path: String, configuration: Configuration, report: @escaping (DeliveryEvent) -> Void = { _ in }
  ) throws(DeliveryError) {
    self.configuration = configuration
    self.report = report
    root = try Delivery.openStore(path)
  }

  /// Reads a message from `descriptor` to its end and stores it.
  public func run(_ request: DeliveryRequest, from descriptor: Int32) throws(DeliveryError) -> DeliveryResult {
    let inbox = try inboxPath()
    var writer = try openWriter(inbox)
    report(.receiving(path: writer.temporaryPath))
    var intake = Intake(from: descriptor, sizeLimit: configuration.delivery.sizeLimit)
    let message = try intake.stage(in: &writer, sender: request.sender, recipient: request.recipient)
    let plan = try plan(for: message, request)
    let folder = try folderPath(plan, inbox: inbox)
    let admission = try admit(message.size)
    let result = try store(message, from: &writer, in: folder)
    if admission.isCounted {
      let added = result == .duplicate ? MailUsage() : MailUsage(bytes: message.size, messages: 1)
      let freed = admission.freed
      record(bytes: added.bytes - freed.bytes, messages: added.messages - freed.messages)
    }
    _ = consume admission
    // The message is safe: files that others left behind can wait for the next delivery.
    _ = try? removeStaleTemporaryFiles(inFolder: inbox)
    return result
  }

  /// The steps between arrival and store, in order. The spam check comes first, then the filters, then what `-m` and the
  /// address say.
  private func steps(_ request: DeliveryRequest) throws(DeliveryError) -> [any DeliveryStep] {
    var steps: [any DeliveryStep] = []
    if configuration.delivery.filesByDetail, !request.skipsFilters, request.recipient != nil, request.folder == nil {
      let names = try system { () throws(SystemError) in try root.folders().map(\.name) }
      steps.append(DetailStep(delimiter: configuration.delivery.recipientDelimiter, folders: names))
    }
    return steps
  }

  private func plan(for message: StagedMessage, _ request: DeliveryRequest) throws(DeliveryError) -> DeliveryPlan {
    var plan = DeliveryPlan(
      folder: request.folder ?? FolderName.inbox, createsFolder: configuration.delivery.createsFolders)
    for step in try steps(request) { try step.decide(about: message, &plan) }
    return plan
  }

  /// Makes the message appear in `folder`, unless it has been there before and the user wants it once.
  private func store(
    _ message: StagedMessage, from writer: inout MessageWriter, in folder: String
  ) throws(DeliveryError) -> DeliveryResult {
    guard configuration.delivery.suppressesDuplicates else {
      return .stored(path: try commit(&writer, to: folder))
    }
    let seconds = now() / 1_000_000_000
    let oldest = seconds - Int64(configuration.delivery.duplicateDays) * 86_400
    var recent = try system { () throws(SystemError) in try RecentDeliveries(store: root.path, oldest: oldest) }
    let found = try system { () throws(SystemError) in try recent.look(for: message) }
    if found?.isKnown == true { return .duplicate }
    let path = try commit(&writer, to: folder)
    if let found {
      // The message is safe. Not knowing it again is better than having it delivered twice for certain.
      do throws(SystemError) { try recent.record(found.digest, at: seconds) } catch {
        report(.notice(error.description))
      }
    }
    return .stored(path: path)
  }

  private func commit(_ writer: inout MessageWriter, to folder: String) throws(DeliveryError) -> String {
    report(.committing)
    do throws(SystemError) {
      return try writer.commit(to: folder)
    } catch {
      guard error.isNotFound else { throw .system(error) }
    }
    // Somebody took away new/, or the whole folder.
    return try system { () throws(SystemError) in
      try createMaildir(folder)
      return try writer.commit(to: folder)
    }
  }
}
