public import MailConfiguration

/// What a token endpoint has given out. RFC 6749, section 5.1.
public struct Tokens: Sendable, Equatable {
  public var access: Secret
  public var refresh: Secret?
  /// When the access token ends, in seconds since 1970; nil when nobody said.
  public var expires: Int64?
  public var scope: String?

  public init(access: Secret, refresh: Secret? = nil, expires: Int64? = nil, scope: String? = nil) {
    self.access = access
    self.refresh = refresh
    self.expires = expires
    self.scope = scope
  }

  /// The answer of a token endpoint at the time `now`; nil when it is none. A refresh token that isn't replaced stays.
  init?(_ answer: JSONValue, now: Int64, replacing old: Tokens? = nil) {
    guard let token = answer["access_token"]?.string, isToken(token) else { return nil }
    if let type = answer["token_type"]?.string, type.lowercased() != "bearer" { return nil }
    access = Secret(token)
    refresh = answer["refresh_token"]?.string.map { Secret($0) } ?? old?.refresh
    // A time beyond a year is not believed, nor one that is past.
    expires = answer["expires_in"]?.integer.map { now + min(max($0, 0), 31_536_000) }
    scope = answer["scope"]?.string ?? old?.scope
  }

  /// The access token is good for `margin` seconds more. One without an end is asked for anew after an hour by whoever kept
  /// it, so it counts as good here.
  public func isGood(at now: Int64, margin: Int64) -> Bool { expires.map { $0 - now > margin } ?? true }
}

/// A token goes into headers and lines of protocols: visible ASCII alone. RFC 6749, appendix A.12.
private func isToken(_ text: String) -> Bool {
  !text.isEmpty && text.utf8.count <= 32_768 && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
}
