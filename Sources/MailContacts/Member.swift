public import MailMIME

/// How something reaches a person.
public enum Channel: Int64, Sendable, Hashable, CaseIterable {
  case mail = 0
  /// A telephone that takes SMS.
  case sms = 1
  case fax = 2

  /// `mail`, `sms`, `fax`.
  public var word: String {
    switch self {
    case .mail: "mail"
    case .sms: "sms"
    case .fax: "fax"
    }
  }
}

/// A recipient that a list or a group stands for.
public struct Member: Sendable, Hashable {
  public var channel: Channel
  /// The mail address, or the number with its `+`.
  public var value: String
  /// The person's name; empty when it isn't known.
  public var name: String

  public init(_ channel: Channel, _ value: String, name: String = "") {
    self.channel = channel
    self.value = value
    self.name = name
  }

  /// What stands as an address in a header or on a command line: `ada@example.org`, `+33612345678@SMS`, `+33123456789@fax`.
  public var recipient: String {
    switch channel {
    case .mail: value
    case .sms: value + "@SMS"
    case .fax: value + "@fax"
    }
  }

  /// The recipient with the name, for a header.
  public var address: Address { Address(name: name.isEmpty ? nil : name, address: recipient) }
}
