public import MailSystem

/// The quota of a store and what is used of it, as the file `maildirsize` in its root tells all deliverers. Maildir++,
/// "Maildir quotas".
public struct MaildirQuota: Sendable, Equatable {
  /// What the store may hold; nil is no limit.
  public struct Limits: Sendable, Equatable {
    public var bytes: Int64?
    public var messages: Int64?

    public init(bytes: Int64? = nil, messages: Int64? = nil) {
      self.bytes = bytes
      self.messages = messages
    }

    public var isUnlimited: Bool { bytes == nil && messages == nil }

    /// `10000000S,1000C`, as the first line of the file has it.
    init(parsing line: Substring) {
      for part in line.split(separator: ",") {
        guard let unit = part.last, let number = Int64(part.dropLast()), number > 0 else { continue }
        if unit == "S" { bytes = number }
        if unit == "C" { messages = number }
      }
    }

    var line: String {
      [bytes.map { "\($0)S" }, messages.map { "\($0)C" }].compactMap { $0 }.joined(separator: ",")
    }
  }

  public var limits: Limits
  public var bytes: Int64
  public var messages: Int64
  /// The file has more lines than anybody should read for each delivery.
  private var isLong = false

  /// One more message of `size` bytes fits.
  public func fits(_ size: Int64) -> Bool {
    if let limit = limits.bytes, size > limit - min(bytes, limit) { return false }
    if let limit = limits.messages, messages >= limit { return false }
    return true
  }

  /// A message of `size` bytes fits into an empty store with these limits.
  public static func isFitting(_ size: Int64, limits: Limits) -> Bool {
    MaildirQuota(limits: limits, bytes: 0, messages: 0).fits(size)
  }

  /// What has to go before one more message of `size` bytes fits.
  public func excess(with size: Int64) -> MailUsage {
    let used = MailUsage(bytes: bytes, messages: messages) + MailUsage(bytes: size, messages: 1)
    return MailUsage(
      bytes: limits.bytes.map { max(used.bytes - $0, 0) } ?? 0,
      messages: limits.messages.map { max(used.messages - $0, 0) } ?? 0)
  }

  /// What the sums in `maildirsize` say about one more message.
  public enum Room: Sendable, Equatable {
    /// There is no quota.
    case unlimited
    case enough
    /// Nobody knows without counting: there are no sums for these limits, or it wouldn't fit by them. Not every program that
    /// removes a message tells so.
    case unknown(Limits)
  }

  /// Looks whether a message of `size` bytes fits into the store at `root`, by what the file says. The limits are
  /// `configured`, else those of the file.
  public static func room(
    for size: Int64, inStore root: String, configured: Limits = Limits()
  ) throws(SystemError) -> Room {
    let recorded = try recorded(inStore: root)
    let limits = configured.isUnlimited ? recorded?.limits ?? configured : configured
    if limits.isUnlimited { return .unlimited }
    if let recorded, recorded.limits == limits, recorded.fits(size), !recorded.isLong { return .enough }
    return .unknown(limits)
  }

  /// What the file says; nil when it isn't there or makes no sense.
  public static func recorded(inStore root: String) throws(SystemError) -> MaildirQuota? {
    do throws(SystemError) {
      let bytes = try readFile("\(root)/maildirsize", limit: 65_536)
      return MaildirQuota(parsing: String(decoding: bytes, as: UTF8.self))
    } catch {
      guard error.isNotFound else { throw error }
      return nil
    }
  }

  /// Tells all deliverers that messages have come (or gone: negative numbers), `bytes` together. A store without the file
  /// needs to be told nothing.
  public static func record(bytes: Int64, messages: Int64, inStore root: String) throws(SystemError) {
    if bytes == 0, messages == 0 { return }
    let file: File
    do throws(SystemError) {
      file = try File("\(root)/maildirsize", [.write, .append])
    } catch {
      if error.isNotFound { return }
      throw error
    }
    try file.write(Array("\(bytes) \(messages)\n".utf8))
  }

  /// Reads the contents of the file; nil when they make no sense.
  init?(parsing text: String) {
    let lines = text.split(separator: "\n")
    guard let first = lines.first else { return nil }
    limits = Limits(parsing: first)
    (bytes, messages) = (0, 0)
    for line in lines.dropFirst() {
      let numbers = line.split(separator: " ").compactMap { Int64($0) }
      guard numbers.count == 2 else { return nil }
      bytes &+= numbers[0]
      messages &+= numbers[1]
    }
    if bytes < 0 || messages < 0 { return nil }
    isLong = text.utf8.count > 5120
  }

  /// The sums as the names of all messages give them, written to the file, for `limits` or else those of the file.
  public static func recalculated(
    ofStore root: String, limits: Limits = Limits()
  ) throws(SystemError) -> MaildirQuota? {
    let limits = limits.isUnlimited ? try recorded(inStore: root)?.limits ?? limits : limits
    return limits.isUnlimited ? nil : try counted(inStore: root, limits: limits)
  }

  private static func counted(inStore root: String, limits: Limits) throws(SystemError) -> MaildirQuota {
    let usage = try StoreUsage(of: MaildirRoot(root)).total
    let text = "\(limits.line)\n\(usage.bytes) \(usage.messages)\n"
    try replaceFile("\(root)/maildirsize", with: Array(text.utf8))
    return MaildirQuota(limits: limits, bytes: usage.bytes, messages: usage.messages)
  }

  private init(limits: Limits, bytes: Int64, messages: Int64) {
    self.limits = limits
    self.bytes = bytes
    self.messages = messages
  }
}
