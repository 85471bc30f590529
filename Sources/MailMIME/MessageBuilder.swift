internal import MailBytes

/// Writes a message. What it writes, the parser reads back, but for control characters, which no field may hold: a line
/// break becomes a space, others but tabs are dropped. In bodies they stay. RFC 5322; RFC 2045–2047; RFC 2231.
public struct MessageBuilder: Sendable {
  /// How the octets are to look.
  public struct Options: Sendable {
    /// Lines end in CRLF, as they travel; else in LF, as they lie in a Maildir.
    public var usesCRLF = false
    /// No octet has its high bit set, lines that begin with `From ` and trailing spaces are encoded: fit for signing
    /// and for any relay. An embedded message is written as it is all the same, because RFC 2046, section 5.2.1,
    /// forbids to encode it.
    public var isSevenBit = false

    /// LF, and 8-bit text as it is.
    public init() {}

    /// The line break.
    public var newline: [UInt8] { usesCRLF ? [0x0D, 0x0A] : [0x0A] }
  }

  /// The fields before those of the body, in order.
  var fields: [HeaderWriter.Field] = []
  /// The body, with its own fields.
  public var body: BodyPart

  /// A message of `body`, without fields yet.
  public init(body: BodyPart) { self.body = body }

  /// Adds an unstructured field such as Subject.
  public mutating func add(_ name: String, text: String) { fields.append(.init(name, .text(text))) }

  /// Adds an address field such as To.
  public mutating func add(_ name: String, addresses: [Address]) {
    add(name, addressList: addresses.map { .mailbox($0) })
  }

  /// Adds an address field that may have groups.
  public mutating func add(_ name: String, addressList: [AddressListEntry]) {
    fields.append(.init(name, .addresses(addressList)))
  }

  /// Adds a field of message identifiers, given without angle brackets, such as References.
  public mutating func add(_ name: String, messageIDs: [String]) { fields.append(.init(name, .messageIDs(messageIDs))) }

  /// Adds a date field.
  public mutating func add(_ name: String = "Date", date: MailDate) { fields.append(.init(name, .words(date.rfc5322))) }

  /// Adds a structured field whose value is ASCII and may be folded at its spaces.
  public mutating func add(_ name: String, value: String) { fields.append(.init(name, .words(value))) }

  /// The octets of the message.
  public func build(_ options: Options = Options()) -> [UInt8] {
    let rendered = body.render(options)
    var writer = HeaderWriter(newline: options.newline, isSevenBit: options.isSevenBit)
    for field in fields { writer.write(field) }
    if !fields.contains(where: { $0.name.lowercased() == "mime-version" }) {
      writer.write(.init("MIME-Version", .words("1.0")))
    }
    return writer.output + rendered.header + options.newline + rendered.body
  }
}

extension BodyPart {
  /// The octets of the part alone, header and all: what a multipart/signed signs.
  public func build(_ options: MessageBuilder.Options = .init()) -> [UInt8] {
    let rendered = render(options)
    return rendered.header + options.newline + rendered.body
  }
}
