/// A message and the ranges of its parts. Reading never fails: what can't be understood stays an opaque body and is
/// named in `defects`. RFC 5322; RFC 2045–2049.
public struct Message: Sendable {
  /// The octets of the whole message.
  public let bytes: [UInt8]
  let structure: MessageStructure

  /// Takes `bytes` apart into parts, in linear time; fields and bodies are decoded only when they are asked for.
  public init(parsing bytes: [UInt8], limits: ParseLimits = .standard) {
    self.bytes = bytes
    structure = parseStructure(of: bytes.span, limits: limits, headerOnly: false)
  }

  /// Reads the header alone; `bytes` may end anywhere after it. The root part then has no children.
  public init(parsingHeaderOf bytes: [UInt8], limits: ParseLimits = .standard) {
    self.bytes = bytes
    structure = parseStructure(of: bytes.span, limits: limits, headerOnly: true)
  }

  /// The part that is the message itself: its header is the message's header.
  public var root: Part { Part(message: self, index: 0) }

  /// The fields of the message's header.
  public var headers: Headers { Headers(message: self, index: 0) }

  /// What is wrong with the structure of the message, in the order in which it was found.
  public var defects: [Defect] { structure.defects }

  /// Every part, each before its children, embedded messages and their parts included.
  public var allParts: [Part] {
    var parts: [Part] = []
    parts.reserveCapacity(structure.records.count)
    var next: Int? = 0
    while let index = next {
      parts.append(Part(message: self, index: index))
      next = structure.following(index)
    }
    return parts
  }
}
