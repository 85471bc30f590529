internal import MailMIME
internal import MailSystem
internal import Maildir

/// Reads a message from a descriptor into a file in `tmp/`, and edits its head on the way. The body passes through a buffer,
/// however long it is.
struct Intake {
  /// A header longer than this is edited no further than here.
  static let headLimit = 1 << 20

  private let descriptor: Int32
  private let sizeLimit: Int64
  private var received: Int64 = 0
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)

  /// Reads from `descriptor`; more than `sizeLimit` bytes are an error, 0 being no limit.
  init(from descriptor: Int32, sizeLimit: Int64) {
    self.descriptor = descriptor
    self.sizeLimit = sizeLimit
  }

  /// Reads the whole message. What the header says of the way here is edited for `sender` and `recipient`.
  mutating func stage(
    in writer: inout MessageWriter, sender: String?, recipient: String?
  ) throws(DeliveryError) -> StagedMessage {
    let (start, headerLength, isWhole) = try readHead()
    let block = HeaderBlock(Array(start[..<headerLength]))
    let trace = TraceFields(editing: block, sender: sender, recipient: recipient)
    let bodyOffset = Int64(trace.head.count + headerLength - block.end)
    do throws(SystemError) {
      try writer.write(trace.head + start[block.end...])
    } catch {
      throw .system(error)
    }
    if !isWhole { try copyRest(to: &writer) }
    return StagedMessage(
      path: writer.temporaryPath, head: trace.head, size: writer.size, bodyOffset: bodyOffset, sender: trace.sender,
      recipient: recipient, isLooping: trace.isLooping)
  }

  /// Reads until the header is there. What follows it may be there too; `isWhole` says that nothing more will come.
  private mutating func readHead() throws(DeliveryError) -> (start: [UInt8], headerLength: Int, isWhole: Bool) {
    var start: [UInt8] = []
    var searched = 0
    while start.count < Intake.headLimit {
      let count = try readPiece()
      if count == 0 { return (start, start.count, true) }
      start += buffer[..<count]
      if let end = headerEnd(start.span, from: searched) { return (start, end, false) }
      // The search goes on at the beginning of the line that isn't complete.
      searched = (start.lastIndex(of: 10) ?? -1) + 1
    }
    return (start, start.count, false)
  }

  private mutating func copyRest(to writer: inout MessageWriter) throws(DeliveryError) {
    while true {
      let count = try readPiece()
      if count == 0 { return }
      do throws(SystemError) { try writer.write(buffer[..<count]) } catch { throw .system(error) }
    }
  }

  /// Fills the buffer with what one read gives; 0 at the end.
  private mutating func readPiece() throws(DeliveryError) -> Int {
    let count: Int
    do throws(SystemError) { count = try readSome(descriptor, into: &buffer) } catch { throw .system(error) }
    received += Int64(count)
    guard sizeLimit == 0 || received <= sizeLimit else {
      drain()
      throw .tooLarge(limit: sizeLimit)
    }
    return count
  }

  /// Reads what is left, up to a gibibyte, so that the writer sees our answer and not a broken pipe.
  private mutating func drain() {
    var left = 1 << 30
    // An error while throwing bytes away changes nothing about the answer.
    while left > 0, let count = try? readSome(descriptor, into: &buffer), count > 0 { left -= count }
  }
}
