internal import MailBytes
public import MailMIME

/// What a message says of the receipt that its sender would like to have. RFC 8098, section 2.
public struct ReceiptRequest: Sendable, Hashable {
  /// To whom the receipt would go, each address once.
  public var addresses: [Address]
  /// Why no receipt is ever sent without somebody having agreed to this one; empty when nothing is in the way.
  public var doubts: [Doubt] = []
  /// Why none is sent at all; nil when it may be.
  public var obstacle: Obstacle?

  /// Why a person has to agree. RFC 8098, section 2.1.
  public enum Doubt: String, Sendable, Hashable, CaseIterable {
    /// The message has no Return-Path, so nobody knows who sent it.
    case noReturnPath
    /// The receipt would go elsewhere than the message came from.
    case otherReturnPath
    /// It would go to several addresses.
    case severalAddresses
    /// None of the user's addresses is among the recipients.
    case notAddressed
    /// The message came over a mailing list.
    case list
    /// It was sent to many, or by a program.
    case bulk
    /// It lies in Junk; whoever knows that adds this.
    case junk
  }

  /// Why no receipt may be sent. RFC 8098, sections 2.1 and 2.2.
  public enum Obstacle: Sendable, Hashable {
    /// The message is a report itself.
    case isReport
    /// The address can't be written to.
    case badAddress
    /// The sender demands something that this program doesn't know.
    case unknownDemand(String)
    /// The message is from the user's own address.
    case ownMessage
  }

  /// The request in the header of `message`; nil when it asks for nothing. `ownAddresses` are those by which people reach
  /// the user; where there are none nothing is held against them.
  public init?(_ message: Message, ownAddresses: [String]) {
    let headers = message.headers
    // QUIRK: a field without any address asks for nothing.
    let named = headers.addresses("Disposition-Notification-To").filter { !$0.address.isEmpty }
    guard headers["Disposition-Notification-To"] != nil, !named.isEmpty else { return nil }
    var seen = Set<String>()
    addresses = named.filter { seen.insert(comparable($0.address)).inserted }
    let own = Set(ownAddresses.map { $0.lowercased() })
    obstacle = ReceiptRequest.obstacle(message, addresses, own)
    doubts = ReceiptRequest.doubts(headers, addresses, own)
  }

  /// A receipt may go without anybody being asked, if the user wants it so.
  public var allowsAutomatic: Bool { obstacle == nil && doubts.isEmpty }

  private static func obstacle(_ message: Message, _ addresses: [Address], _ own: Set<String>) -> Obstacle? {
    let headers = message.headers
    let type = message.root.contentType
    if type.mediaType == "multipart/report" { return .isReport }
    // A report has an empty Return-Path, and nothing may answer what has one.
    if let path = headers["Return-Path"], returnPath(path) == "" { return .isReport }
    for address in addresses {
      let at = address.address.utf8.contains(0x40)
      if !at || address.localPart.isEmpty || address.domain.isEmpty { return .badAddress }
    }
    if let demand = unknownDemand(headers) { return .unknownDemand(demand) }
    if addresses.allSatisfy({ own.contains($0.address.lowercased()) }) { return .ownMessage }
    return nil
  }

  /// The first option that is `required`: none is known here. RFC 8098, section 2.2.
  private static func unknownDemand(_ headers: Headers) -> String? {
    guard let text = headers.text("Disposition-Notification-Options") else { return nil }
    for option in text.utf8.split(separator: 0x3B) {
      let halves = option.split(separator: 0x3D, maxSplits: 1)
      guard halves.count == 2 else { continue }
      let importance = halves[1].prefix { $0 != 0x2C }
      if trimmed(String(Substring(importance))).lowercased() == "required" {
        return trimmed(String(Substring(halves[0])))
      }
    }
    return nil
  }

  private static func doubts(_ headers: Headers, _ addresses: [Address], _ own: Set<String>) -> [Doubt] {
    var doubts: [Doubt] = []
    if addresses.count > 1 { doubts.append(.severalAddresses) }
    if let field = headers["Return-Path"] {
      let path = comparable(returnPath(field))
      if addresses.contains(where: { comparable($0.address) != path }) { doubts.append(.otherReturnPath) }
    } else {
      doubts.append(.noReturnPath)
    }
    let recipients = headers.addresses("To") + headers.addresses("Cc")
    if !own.isEmpty, !recipients.contains(where: { own.contains($0.address.lowercased()) }) {
      doubts.append(.notAddressed)
    }
    if headers["List-Id"] != nil || headers["List-Post"] != nil || headers["List-Unsubscribe"] != nil {
      doubts.append(.list)
    }
    let precedence = headers.text("Precedence").map { firstWord($0).lowercased() } ?? ""
    let submitted = headers.text("Auto-Submitted").map { firstWord($0).lowercased() } ?? "no"
    if ["bulk", "junk", "list"].contains(precedence) || !submitted.hasPrefix("no") { doubts.append(.bulk) }
    return doubts
  }
}

/// The address in a Return-Path field; empty for `<>`.
private func returnPath(_ value: ArraySlice<UInt8>) -> String {
  let text = trimmed(string(value))
  guard let open = text.utf8.firstIndex(of: 0x3C) else { return text }
  let rest = text[text.utf8.index(after: open)...]
  guard let close = rest.utf8.lastIndex(of: 0x3E) else { return trimmed(String(rest)) }
  return trimmed(String(rest[..<close]))
}

/// `address` so that equal ones are equal: case counts before the `@` alone. RFC 8098, section 2.1.
private func comparable(_ address: String) -> String {
  guard let at = address.utf8.lastIndex(of: 0x40) else { return address }
  return address[..<at] + address[at...].lowercased()
}
