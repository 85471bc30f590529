internal import MailBytes

/// The media type of a part. RFC 2045, section 5.
public struct ContentType: Sendable, Hashable {
  /// The type in lower case, such as `text`.
  public let type: String
  /// The subtype in lower case, such as `plain`.
  public let subtype: String
  /// The parameters in the order of the field.
  public let parameters: [Parameter]

  /// The type `type/subtype` with `parameters`.
  public init(_ type: String, _ subtype: String, parameters: [(String, String)] = []) {
    self.type = type
    self.subtype = subtype
    self.parameters = parameters.map { Parameter(name: $0.0, value: $0.1) }
  }

  /// `type/subtype`.
  public var mediaType: String { "\(type)/\(subtype)" }

  /// The value of the first parameter called `name` (in lower case).
  public subscript(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

  /// The charset parameter.
  public var charset: String? { self["charset"] }

  /// Whether this is `text/subtype`, or any text when no subtype is given.
  public func isText(_ subtype: String? = nil) -> Bool {
    type == "text" && (subtype == nil || subtype == self.subtype)
  }

  /// Whether this is a multipart.
  public var isMultipart: Bool { type == "multipart" }

  init?(_ value: Span<UInt8>, guess: Charset?) {
    var index = 0
    let type = token(value, &index)
    guard !type.isEmpty, index < value.count, value[index] == 0x2F else { return nil }
    index += 1
    let subtype = token(value, &index)
    guard !subtype.isEmpty else { return nil }
    self.type = type
    self.subtype = subtype
    parameters = MailMIME.parameters(value, guess: guess)
  }
}

/// Where a part is to be shown. RFC 2183.
public struct ContentDisposition: Sendable, Hashable {
  /// The kind in lower case: `inline`, `attachment`, or one that is to be treated as an attachment.
  public let kind: String
  /// The parameters in the order of the field.
  public let parameters: [Parameter]

  /// The value of the first parameter called `name` (in lower case).
  public subscript(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

  /// Whether the part is to be shown only when it is asked for.
  public var isAttachment: Bool { kind != "inline" }

  init?(_ value: Span<UInt8>, guess: Charset?) {
    var index = 0
    kind = token(value, &index)
    guard !kind.isEmpty else { return nil }
    parameters = MailMIME.parameters(value, guess: guess)
  }
}

/// The token at `index` in lower case, with white space and comments around it passed over. RFC 2045, section 5.1.
private func token(_ value: Span<UInt8>, _ index: inout Int) -> String {
  skipCFWS(value, &index)
  var bytes: [UInt8] = []
  while index < value.count {
    let byte = value[index]
    if byte <= 0x20 || byte == 0x3B || byte == 0x2F || byte == 0x28 || byte == 0x2C || byte == 0x7F { break }
    if byte != 0x22 { bytes.append(byte.lowercasedASCII) }
    index += 1
  }
  skipCFWS(value, &index)
  return string(bytes)
}

/// Passes over white space and comments, nested ones too. RFC 5322, section 3.2.2.
func skipCFWS(_ value: Span<UInt8>, _ index: inout Int) {
  var depth = 0
  while index < value.count {
    let byte = value[index]
    if byte == 0x28 {
      depth += 1
    } else if byte == 0x29, depth > 0 {
      depth -= 1
    } else if byte == 0x5C, depth > 0 {
      index += 1
    } else if depth == 0, !byte.isFoldingSpace {
      return
    }
    index += 1
  }
  index = min(index, value.count)
}
