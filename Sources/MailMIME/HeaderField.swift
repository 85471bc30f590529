internal import MailBytes

/// A field that is to be written: Subject, To and so on, folded and encoded as its grammar wants it. RFC 5322, section 2.2.
public struct HeaderField: Sendable {
  let field: HeaderWriter.Field

  private init(_ name: String, _ value: HeaderWriter.Value) { field = .init(name, value) }

  /// The name.
  public var name: String { field.name }

  /// An unstructured field such as Subject.
  public static func text(_ name: String, _ text: String) -> HeaderField { HeaderField(name, .text(text)) }

  /// An address field such as To, perhaps with groups.
  public static func addresses(_ name: String, _ entries: [AddressListEntry]) -> HeaderField {
    HeaderField(name, .addresses(entries))
  }

  /// A field of message identifiers, given without angle brackets.
  public static func messageIDs(_ name: String, _ identifiers: [String]) -> HeaderField {
    HeaderField(name, .messageIDs(identifiers))
  }

  /// A date field.
  public static func date(_ name: String = "Date", _ date: MailDate) -> HeaderField {
    HeaderField(name, .words(date.rfc5322))
  }

  /// A structured field whose value is ASCII and may be folded at its spaces.
  public static func value(_ name: String, _ value: String) -> HeaderField { HeaderField(name, .words(value)) }

  /// A field with parameters, such as Content-Type. RFC 2231.
  public static func parameters(_ name: String, _ value: String, _ parameters: [Parameter]) -> HeaderField {
    HeaderField(name, .parameters(value, parameters))
  }

  /// The field as octets, its line break at the end.
  public func octets(_ options: MessageBuilder.Options = .init()) -> [UInt8] {
    var writer = HeaderWriter(newline: options.newline, isSevenBit: options.isSevenBit)
    writer.write(field)
    return writer.output
  }
}
