/// Header fields written anew in lines of ASCII, folded: for a field that can't travel as it is.
package enum SevenBitField {
  /// An unstructured field such as Subject. RFC 2047, section 5 (1).
  package static func text(_ name: String, _ text: String, newline: [UInt8]) -> [UInt8] {
    write(name, .text(text), newline)
  }

  /// A field of addresses; their domains are written in ASCII, their local parts as they are.
  package static func addresses(_ name: String, _ entries: [AddressListEntry], newline: [UInt8]) -> [UInt8] {
    write(name, .addresses(entries), newline)
  }

  /// A field of message identifiers, given without angle brackets.
  package static func messageIDs(_ name: String, _ identifiers: [String], newline: [UInt8]) -> [UInt8] {
    write(name, .messageIDs(identifiers), newline)
  }

  /// A field of a value with parameters. RFC 2231.
  package static func parameters(
    _ name: String, _ value: String, _ parameters: [Parameter], newline: [UInt8]
  ) -> [UInt8] {
    write(name, .parameters(value, parameters), newline)
  }

  private static func write(_ name: String, _ value: HeaderWriter.Value, _ newline: [UInt8]) -> [UInt8] {
    var writer = HeaderWriter(newline: newline, isSevenBit: true)
    writer.write(.init(name, value))
    return writer.output
  }
}
