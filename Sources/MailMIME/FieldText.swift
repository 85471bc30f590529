/// One field of a header, folded and encoded as it has to travel, with the line break at its end. RFC 5322, section 2.2;
/// RFC 2047.
package enum FieldText {
  /// An unstructured field such as Subject.
  package static func text(_ name: String, _ text: String, newline: [UInt8]) -> [UInt8] {
    written(.init(name, .text(text)), newline)
  }

  /// An address field such as To. A local part with letters beyond ASCII stays as it is; a domain becomes ASCII.
  package static func addresses(_ name: String, _ entries: [AddressListEntry], newline: [UInt8]) -> [UInt8] {
    written(.init(name, .addresses(entries)), newline)
  }

  /// A structured field whose value is ASCII and may be folded at its spaces.
  package static func words(_ name: String, _ value: String, newline: [UInt8]) -> [UInt8] {
    written(.init(name, .words(value)), newline)
  }

  private static func written(_ field: HeaderWriter.Field, _ newline: [UInt8]) -> [UInt8] {
    var writer = HeaderWriter(newline: newline, isSevenBit: true)
    writer.write(field)
    return writer.output
  }
}
