/// The contents of an entry as they go into a zip file. Packing is the long part of the work and any thread may do it.
public struct PackedEntry: Sendable {
  let method: Int
  /// The CRC-32 of the contents.
  public let checksum: UInt32
  let size: Int64
  let data: [UInt8]

  /// The size in the zip file, without headers.
  public var packedSize: Int { data.count }
}

/// Packs contents for a `ZipWriter`.
public final class ZipPacker: Sendable {
  private let tools = Pool<Compressor>()

  public init() {}

  /// `bytes`, deflated, or as they are where that saves nothing. The same bytes always give the same entry.
  public func pack(_ bytes: [UInt8]) -> PackedEntry {
    let packed = tools.with(make: { Compressor() }, { $0.pack(bytes) }).flatMap { $0 }
    // What packs a hundredfold stays as it is: readers refuse files that unpack to far more than they hold.
    if let packed, bytes.count < 65_536 || bytes.count / 100 < packed.count {
      return PackedEntry(method: 8, checksum: checksum(bytes), size: Int64(bytes.count), data: packed)
    }
    return PackedEntry(method: 0, checksum: checksum(bytes), size: Int64(bytes.count), data: bytes)
  }
}
