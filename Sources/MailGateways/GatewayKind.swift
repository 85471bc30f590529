/// What a telephone number is written to by.
public enum GatewayKind: String, Sendable, Hashable, CaseIterable {
  /// Text alone.
  case sms
  /// Pages.
  case fax

  /// The kind that the domain of `address` says: `NUMBER@SMS`, `NUMBER@fax`, in any case; nil for every other address.
  public init?(ofAddress address: String) {
    guard let at = address.utf8.lastIndex(of: 0x40) else { return nil }
    self.init(rawValue: address[address.utf8.index(after: at)...].lowercased())
  }
}
