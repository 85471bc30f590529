public import MailConfiguration
internal import MailMIME
internal import MailSystem

/// Who sends, and where: what fields and addresses are completed with.
public struct Origin: Sendable {
  public var identities: [Configuration.Identity] = []
  /// The name of the host; a full one where it has one.
  public var host = "localhost"
  /// The user's account.
  public var user = "nobody"
  /// The user's full name.
  public var fullName = ""
  /// Seconds since 1970.
  public var now: Int64 = 0
  /// How far local time is ahead of UTC, in seconds, at a time.
  public var zone: @Sendable (Int64) -> Int = { _ in 0 }

  public init() {}

  /// The user of this process with the identities of `configuration`.
  public init(_ configuration: Configuration) {
    identities = configuration.identities
    host = hostName()
    now = MailSystem.now() / 1_000_000_000
    zone = { MailSystem.LocalTime(seconds: $0).offset }
    // Only without an identity is the account of any use; without a name service the number has to do.
    guard identities.isEmpty else {
      user = environment("LOGNAME") ?? "nobody"
      return
    }
    let account = try? User.withID(effectiveUserID())
    user = account?.name ?? "uid\(effectiveUserID())"
    fullName = account?.fullName ?? ""
  }

  /// The domain that names without one get.
  var domain: String {
    guard let first = identities.first else { return host }
    return String(Address(address: first.address).domain)
  }

  /// `address` with a domain. The user's own name, and root's, are the first identity.
  func qualified(_ address: String) -> String {
    guard !address.isEmpty, !address.utf8.contains(0x40) else { return address }
    if let first = identities.first, ["root", user, "postmaster", "mailer-daemon"].contains(address.lowercased()) {
      return first.address
    }
    return "\(address)@\(domain)"
  }

  /// The identity with `address` as its address or alias; case doesn't count.
  func identity(for address: String) -> Configuration.Identity? {
    let wanted = address.lowercased()
    return identities.first { $0.address.lowercased() == wanted }
      ?? identities.first { $0.aliases.contains { $0.lowercased() == wanted } }
  }

  /// A Date field for `seconds`.
  func date(_ seconds: Int64) -> String { MailDate(seconds: seconds, offsetMinutes: zone(seconds) / 60).rfc5322 }
}
