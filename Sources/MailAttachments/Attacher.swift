internal import MailMIME
public import MailMedia
public import MailSystem

/// Adds parts to a message.
public struct Attacher {
  /// What goes behind the text.
  public var attachments: [NewPart] = []
  /// Images and the like that the HTML shows.
  public var inline: [NewPart] = []
  /// All parts together may have so many octets before they are encoded.
  public var limit = 100_000_000
  /// How the types of files are found.
  public var types = MediaTypes()

  /// The new message, and what a person should know about it.
  public struct Result {
    /// The message, complete.
    public let message: Spool
    /// Lines for the user: large images, and images that the HTML doesn't show.
    public let notes: [String]
  }

  /// What can't be attached.
  public struct Problems: Error {
    public let errors: [AttachError]
  }

  /// Nothing to add yet.
  public init() {}

  /// The message `bytes` with the parts; everything else stays. Throws `Problems`, or what the system says about a file that
  /// fails while it is read and about the temporary file.
  public func attach(to bytes: [UInt8]) throws -> Result {
    var message = Message(parsing: bytes)
    var options = MessageBuilder.Options()
    options.usesCRLF = message.lineBreak.count > 1
    try check(message)
    var notes: [String] = []
    var room = limit
    if !inline.isEmpty {
      var images = InlineWriter(message: message, limit: room, types: types)
      message = Message(parsing: try images.write(inline))
      room -= images.count
      notes += images.notes
    }
    let ready = try prepared(room, options.newline)
    let output = Spool()
    try write(message, with: ready, options, to: output)
    return Result(message: output, notes: notes)
  }

  /// Nothing is read for a message that nothing can be added to.
  private func check(_ message: Message) throws {
    do throws(AdditionRefusal) {
      _ = try message.adding(0, at: .mixed)
    } catch {
      throw Problems(errors: [.refused(error)])
    }
  }

  private func prepared(_ limit: Int, _ newline: [UInt8]) throws -> [ReadyPart] {
    var room = limit
    var ready: [ReadyPart] = []
    var errors: [AttachError] = []
    for part in attachments {
      do {
        let one = try ReadyPart(part, types: types, limit: room, newline: newline)
        room -= one.count
        ready.append(one)
      } catch let error as AttachError {
        // The others may be wrong too.
        errors.append(error)
      }
    }
    if !errors.isEmpty { throw Problems(errors: errors) }
    return ready
  }

  private func write(
    _ message: Message, with ready: [ReadyPart], _ options: MessageBuilder.Options, to output: Spool
  ) throws {
    if ready.isEmpty { return try output.write(message.bytes) }
    // Messages go as they are: the boundary has to suit them, and the fields of the multipart too.
    let messages = ready.compactMap(\.message)
    let addition: PartAddition
    do throws(AdditionRefusal) {
      addition = try message.adding(
        ready.count, at: .mixed, encoding: messages.map { identityEncoding(of: $0) }.max() ?? .sevenBit,
        isFree: { boundary in !messages.contains { contains($0, boundary) } })
    } catch {
      throw Problems(errors: [.refused(error)])
    }
    let writer = PartWriter(options: options, boundaries: addition.boundaries)
    for piece in addition.pieces {
      switch piece {
      case .original(let range): try output.write(message.bytes[range])
      case .bytes(let bytes): try output.write(bytes)
      case .part(let place): try writer.write(ready[place], disposition: "attachment", to: output)
      }
    }
  }
}
