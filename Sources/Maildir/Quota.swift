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

  /// What is used of the store at `root`. The limits are `configured`, else those of the file; nil when there are none. Sums
  /// that are missing, or by which a message of `size` bytes wouldn't fit, are made anew by looking at every message, since
  /// not every program that removes one tells so.
  public static func current(
    ofStore root: String, configured: Limits = Limits(), toHold size: Int64 = 0
  ) throws(SystemError) -> MaildirQuota? {
    let path = "\(root)/maildirsize"
    var bytes: [UInt8]?
    do throws(SystemError) { bytes = try readFile(path, limit: 65_536) } catch {
      guard error.isNotFound else { throw error }
    }
    let recorded = bytes.flatMap { MaildirQuota(parsing: String(decoding: $0, as: UTF8.self)) }
    let limits = configured.isUnlimited ? recorded?.limits ?? configured : configured
    if limits.isUnlimited { return nil }
    if let recorded, recorded.limits == limits, recorded.fits(size), !recorded.isLong { return recorded }
    return try recalculated(ofStore: root, limits: limits)
  }

  /// Tells other deliverers that a message of `size` bytes has come. A store without the file needs to be told nothing.
  public static func record(size: Int64, inStore root: String) throws(SystemError) {
    let file: File
    do throws(SystemError) {
      file = try File("\(root)/maildirsize", [.write, .append])
    } catch {
      if error.isNotFound { return }
      throw error
    }
    try file.write(Array("\(size) 1\n".utf8))
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

  private static func recalculated(ofStore root: String, limits: Limits) throws(SystemError) -> MaildirQuota {
    var (bytes, messages) = (Int64(0), Int64(0))
    for folder in try MaildirRoot(root).folders() where folder.name != "Trash" {
      let usage = try usage(ofFolder: folder.path)
      bytes = sum(bytes, usage.bytes)
      messages += usage.messages
    }
    let text = "\(limits.line)\n\(bytes) \(messages)\n"

    try replaceFile("\(root)/maildirsize", with: Array(text.utf8))
    return MaildirQuota(limits: limits, bytes: bytes, messages: messages)
  }

  private init(limits: Limits, bytes: Int64, messages: Int64) {
    self.limits = limits
    self.bytes = bytes
    self.messages = messages
  }

  /// Sizes by the names' `S=`, else by the files; messages marked as deleted don't count.
  private static func usage(ofFolder path: String) throws(SystemError) -> (bytes: Int64, messages: Int64) {
    var (bytes, messages) = (Int64(0), Int64(0))
    for subdirectory in [Subdirectory.new, .cur] {
      for name in try entries("\(path)/\(subdirectory.rawValue)") where name.first != "." {
        let fields = NameFields(name.utf8.span)
        if fields.flags.contains(.trashed) { continue }
        var size = fields.size
        if size == nil {
          do throws(SystemError) {
            size = try fileStatus("\(path)/\(subdirectory.rawValue)/\(name)").size
          } catch {
            guard error.isNotFound else { throw error }
            continue
          }
        }
        bytes = sum(bytes, size ?? 0)
        messages += 1
      }
    }
    return (bytes, messages)
  }

  private static func entries(_ path: String) throws(SystemError) -> [String] {
    do throws(SystemError) {
      return try directoryEntries(path)
    } catch {
      if error.isNotFound { return [] }
      throw error
    }
  }
}

/// The sum, or the largest number where it would be larger: sizes in names are claims.
private func sum(_ first: Int64, _ second: Int64) -> Int64 {
  let (sum, isTooLarge) = first.addingReportingOverflow(second)
  return isTooLarge ? .max : sum
}
