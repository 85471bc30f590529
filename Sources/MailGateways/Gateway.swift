internal import MailBytes
public import MailConfiguration
public import MailMIME
internal import MailSystem

/// The way from a message to telephone numbers, of one kind.
///
/// A message is prepared once and given to each number by itself, so that each has a result of its own.
public struct Gateway: Sendable {
  /// SMS or fax.
  public let kind: GatewayKind
  let configuration: Configuration.Gateway

  /// The gateway of this kind that `configuration` has; an error when it has none.
  public init(_ kind: GatewayKind, _ configuration: Configuration) throws(GatewayError) {
    guard let own = kind == .sms ? configuration.smsGateway : configuration.faxGateway else {
      throw .notConfigured(kind)
    }
    self.kind = kind
    self.configuration = own
  }

  /// The gateway is a program, to be run for each number; else it is an address, to be written to.
  public var isCommand: Bool { configuration.command != nil }

  /// The number that `address` (`NUMBER@SMS`) means, if it may be sent to.
  public func number(_ address: String) throws(GatewayError) -> TelephoneNumber {
    let number = try TelephoneNumber(address: address, country: configuration.country)
    let text = number.description
    let isAllowed = configuration.allow.isEmpty || configuration.allow.contains { text.hasPrefix($0) }
    if !isAllowed || configuration.deny.contains(where: { text.hasPrefix($0) }) { throw .notAllowed(text) }
    return number
  }

  /// What goes to `number` of `message`; for SMS the same for all numbers, for fax the cover names the number.
  ///
  /// An SMS gets the text alone: of alternatives the plain one, without what it quotes, without the signature below `-- `,
  /// and without attachments; where there is no text the subject. A fax gets all of the text as its cover page, and the
  /// attachments behind it. A footer of the domain belongs on neither: call this before it is put in.
  public func content(of message: Message, to number: TelephoneNumber) throws(GatewayError) -> GatewayContent {
    switch kind {
    case .sms:
      let text = SMSText(shortText(of: message))
      if text.parts.isEmpty { throw .empty }
      if text.parts.count > configuration.maxParts {
        throw .tooManyParts(text.parts.count, limit: configuration.maxParts)
      }
      return .sms(text)
    case .fax:
      return .fax(
        try FaxDocument(
          message, to: number, from: configuration.from, converter: configuration.converter,
          timeLimit: configuration.timeout))
    }
  }
}

/// What a telephone number gets.
public enum GatewayContent: Sendable {
  /// A text.
  case sms(SMSText)
  /// Pages.
  case fax(FaxDocument)

  /// What it is, for people: `2 parts`, `3 documents`.
  public var summary: String {
    switch self {
    case .sms(let text): "\(text.parts.count) \(text.parts.count == 1 ? "part" : "parts")"
    case .fax(let fax): "\(fax.sheets.count) \(fax.sheets.count == 1 ? "document" : "documents")"
    }
  }
}
