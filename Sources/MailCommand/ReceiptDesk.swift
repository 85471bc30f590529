internal import MailBytes
public import MailConfiguration
public import MailMIME
public import MailReports
public import MailStore
internal import MailSystem

/// Answers the requests for receipts of messages of a store. RFC 8098; RFC 3503.
///
/// INVARIANT: `$MDNSent` is on the message before a receipt is given away, and is taken off only when it surely was not: a
/// message never gets two.
public struct ReceiptDesk {
  private let store: Store
  private let configuration: Configuration
  private let options: StoreOptions
  private let junk: Set<Int64>

  /// A desk for `store`, which was opened with `options`.
  public init(_ store: Store, options: StoreOptions) throws {
    self.store = store
    self.options = options
    configuration = try options.configuration()
    junk = Set(try store.folders().filter { $0.role == .junk }.map(\.id))
  }

  /// What the message `row`, of which `bytes` is at least the header, asks for; nil when it asks for nothing.
  public func request(_ row: MessageRow, _ bytes: [UInt8]) -> ReceiptRequest? {
    guard var request = ReceiptRequest(Message(parsing: bytes), ownAddresses: configuration.ownAddresses) else {
      return nil
    }
    if junk.contains(row.folder) { request.doubts.append(.junk) }
    return request
  }

  /// A receipt could be sent for the message. One that can't be read now may be another time.
  public func mayBeAnswered(_ row: MessageRow) throws -> Bool {
    guard let path = try store.presentPath(of: row) else { return false }
    guard let bytes = try? readFile(path, limit: Self.limit) else { return true }  // The question stays.
    guard let request = request(row, bytes) else { return false }
    return request.obstacle == nil
  }

  /// So much of a message is read: its header, as a rule, and some of what follows.
  public static let limit = 1 << 20

  /// A receipt was sent for the message, or refused.
  public func isAnswered(_ row: MessageRow) throws -> Bool { try store.isReceiptAnswered(row) }

  /// What the configuration says about receipts for this message: the identity that it came to decides, else `[receipt]`.
  public func policy(for message: Message) -> Configuration.Receipt.Policy {
    let recipient = ReceiptRequest.recipient(of: message, ownAddresses: configuration.ownAddresses) ?? ""
    return configuration.identity(for: recipient)?.receipt ?? configuration.receipt.policy
  }

  /// Says that no receipt will be sent for these messages. Gives how many had no answer before.
  public func ignore(_ ids: [Int64]) throws -> Int { try store.changeKeywords(ids, add: [.mdnSent]) }

  /// Sends the receipt for `row` by mail-send. False: somebody has answered before.
  public func send(
    _ request: ReceiptRequest, for row: MessageRow, _ bytes: [UInt8], kind: DispositionNotification.Kind = .displayed,
    isAutomatic: Bool = false
  ) throws -> Bool {
    guard let path = companion("mail-send") else {
      throw Failure(.refused, "mail-send is not installed, which sends the receipt")
    }
    let message = Message(parsing: bytes)
    let own = configuration.ownAddresses
    guard let recipient = ReceiptRequest.recipient(of: message, ownAddresses: own) else {
      throw Failure(
        .configuration, "your address is not known", hint: "Write it into an [[identity]]; see mail-config(5).")
    }
    let identity = configuration.identity(for: recipient)
    let seconds = now() / 1_000_000_000
    let receipt = request.receipt(
      for: message, from: Address(name: identity?.name, address: recipient),
      disposition: .init(kind, isAutomaticAction: false, isSentAutomatically: isAutomatic),
      date: MailDate(seconds: seconds, offsetMinutes: Int(LocalTime.systemOffset(at: seconds) / 60)),
      messageID: newMessageID(recipient))
    guard try store.changeKeywords([row.id], add: [.mdnSent]) == 1 else { return false }
    var program = Program(path, ["--no-copy", "--format", "json", "-i", "-f", "<>"] + options.arguments)
    program.arguments += ["--"] + request.addresses.map(\.address)
    do {
      try give(receipt, to: program)
    } catch let failure as Failure where failure.code != .interrupted {
      try store.changeKeywords([row.id], remove: [.mdnSent])
      throw failure
    }
    return true
  }

  private func give(_ receipt: [UInt8], to program: Program) throws {
    let result: Program.Result
    do {
      result = try program.collect(input: .bytes(receipt), limit: 1 << 20)
    } catch {
      throw Failure(.refused, "\(error)")
    }
    switch result.end {
    case .exited(0): return
    case .signalled, .exited(130):
      // What it has done before nobody knows: it counts as sent.
      throw Failure(.interrupted, "mail-send was stopped; the receipt may have been sent")
    case .exited(let code):
      // Queued, though the configuration has mail-send say 75; or one address of several took it.
      let text = result.output
      if has(text, "\"result\":\"sent\"") || has(text, "\"result\":\"queued\"") { return }
      throw Failure(ExitCode(code), "the receipt was not sent")
    }
  }

  private func newMessageID(_ address: String) -> String {
    let domain = Address(address: address).domain
    let number = String(UInt64.random(in: 0 ... .max), radix: 36) + String(UInt64.random(in: 0 ... .max), radix: 36)
    return "\(now() / 1_000_000_000).\(number)@\(domain.isEmpty ? "localhost" : domain)"
  }
}

/// Whether `word` occurs in `text`.
private func has(_ text: [UInt8], _ word: String) -> Bool {
  let word = Array(word.utf8)
  guard text.count >= word.count else { return false }
  return (0...(text.count - word.count)).contains { text[$0..<($0 + word.count)].elementsEqual(word) }
}
