/// What a zip file may claim before it is refused. Nothing is allocated on the strength of a claim beyond these.
public struct ZipLimits: Sendable, Equatable {
  /// The number of entries.
  public var entries = 4_000_000
  /// The size of the list of entries, in bytes.
  public var directoryBytes: Int64 = 1 << 30
  /// The size of one entry when unpacked, in bytes.
  public var entryBytes: Int64 = 1 << 30
  /// How many times larger than the file all entries together may be when unpacked…
  public var ratio: Int64 = 200
  /// …beyond these bytes, which every file may unpack to.
  public var freeBytes: Int64 = 256 << 20

  public init() {}

  /// What archives of mail never reach.
  public static let standard = ZipLimits()
}
