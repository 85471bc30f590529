/// A stream that says what a script makes it say and keeps what it is told: for tests of protocols without a network.
public final class MemoryStream: ByteStream {
  /// One thing that happens, in order.
  public enum Step: Sendable, Equatable {
    /// The peer says this as soon as it is read.
    case says([UInt8])
    /// The peer waits until exactly these bytes have been written to it; anything else is an error of the test.
    case hears([UInt8])
    /// The peer encrypts the connection.
    case encrypts(TLSFacts)
    /// The peer doesn't do what is expected.
    case fails(TransportError)
    /// The peer closes the connection.
    case ends
  }

  private var steps: ArraySlice<Step>
  private var heard: ArraySlice<UInt8> = []
  /// Everything that was written.
  public private(set) var written: [UInt8] = []
  /// What differed from the script first; nil as long as nothing does.
  public private(set) var mismatch: String?
  public private(set) var isClosed = false
  public private(set) var security: TLSFacts?
  /// The settings that `startTLS` was given.
  public private(set) var settings: TLSSettings?
  /// How many bytes one read gives at most: 1 shows whether a protocol relies on how bytes are grouped.
  public var pieceSize: Int = .max
  public var timeLimit = 1000
  public var deadline: Deadline?
  public var ignoresInterrupts = false

  public init(_ steps: [Step]) { self.steps = steps[...] }

  /// A script as protocols print it: lines that begin with `S: ` are said by the server and those with `C: ` are expected
  /// from the client, each with CRLF; a line `* TLS` encrypts, `* END` closes.
  public convenience init(transcript: String) {
    var steps: [Step] = []
    for line in transcript.split(separator: "\n", omittingEmptySubsequences: true) {
      let text = Array(line.utf8.dropFirst(3)) + [0x0D, 0x0A]
      if line.hasPrefix("S: ") { steps.append(.says(text)) }
      if line.hasPrefix("C: ") { steps.append(.hears(text)) }
      if line == "* TLS" { steps.append(.encrypts(.init(version: "TLSv1.3", cipher: "TEST", fingerprint: ""))) }
      if line == "* END" { steps.append(.ends) }
    }
    self.init(steps)
  }

  /// The script was gone through to its end, and nothing differed from it.
  public var isFinished: Bool {
    settle()
    return steps.allSatisfy { $0 == .ends } && heard.isEmpty && mismatch == nil
  }

  public func read(into buffer: inout [UInt8], atMost count: Int) throws(TransportError) -> Int {
    if isClosed { throw .closed }
    settle()
    if let mismatch { throw .program("transcript", mismatch) }
    switch steps.first {
    case .says(let bytes):
      let piece = bytes.prefix(min(count, pieceSize))
      buffer += piece
      steps[steps.startIndex] = .says(Array(bytes.dropFirst(piece.count)))
      if piece.count == bytes.count { steps.removeFirst() }
      return piece.count
    case .fails(let error):
      steps.removeFirst()
      throw error
    case .hears: throw .timedOut("the transcript waits for the client")
    case .encrypts: throw .timedOut("the transcript waits for the encryption")
    case .ends, nil: return 0
    }
  }

  public func write(_ bytes: ArraySlice<UInt8>) throws(TransportError) {
    if isClosed { throw .closed }
    written += bytes
    heard += bytes
    settle()
    if let mismatch { throw .program("transcript", mismatch) }
  }

  public func startTLS(_ settings: TLSSettings) throws(TransportError) {
    self.settings = settings
    settle()
    if case .fails(let error) = steps.first {
      steps.removeFirst()
      throw error
    }
    guard case .encrypts(let facts) = steps.first else { throw .tls("the transcript doesn't encrypt here") }
    steps.removeFirst()
    security = facts
  }

  public func close() { isClosed = true }

  /// Compares what was written with what the script expects next.
  private func settle() {
    while mismatch == nil, case .hears(let expected) = steps.first, !heard.isEmpty {
      let piece = heard.prefix(expected.count)
      guard piece.elementsEqual(expected.prefix(piece.count)) else {
        mismatch =
          "expected \(String(decoding: expected, as: UTF8.self)), got \(String(decoding: heard, as: UTF8.self))"
        return
      }
      heard.removeFirst(piece.count)
      steps.removeFirst()
      if piece.count < expected.count { steps = [.hears(Array(expected.dropFirst(piece.count)))] + steps }
    }
  }
}
