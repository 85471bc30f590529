public import MailConfiguration
internal import MailSystem

/// Whose mail it is. Made before anything is opened: root gives up its rights here.
public struct Account: Sendable {
  private let home: String?
  /// The environment belongs to the user; that of root says nothing about somebody else's mail.
  private let trustsEnvironment: Bool

  /// The account `user`, else the one that the process runs under. Root becomes that user, for good; others may name only
  /// themselves.
  public init(user name: String?) throws(DeliveryError) {
    guard let name else {
      home = userHome()
      trustsEnvironment = true
      return
    }
    guard let user = try system({ () throws(SystemError) in try User.named(name) }) else { throw .noSuchUser(name) }
    let isRoot = effectiveUserID() == 0
    if isRoot {
      try system { () throws(SystemError) in try become(user) }
    } else if user.uid != effectiveUserID() {
      throw .notPermitted(user: name)
    }
    home = isRoot ? user.home : userHome() ?? user.home
    trustsEnvironment = !isRoot
  }

  /// The account's configuration: the file `path`, if one is named.
  public func configuration(path: String?) throws(DeliveryError) -> Configuration {
    do throws(ConfigurationError) {
      return try Configuration.load(path: path, home: home, trustingEnvironment: trustsEnvironment)
    } catch {
      throw .configuration(error)
    }
  }

  /// Where the account's mail lies: `option`, if it is named.
  public func storePath(option: String?, configuration: Configuration) throws(DeliveryError) -> String {
    if home == nil, option == nil, configuration.store == nil, !trustsEnvironment || environment("MAILDIR") == nil {
      throw .noHome
    }
    return configuration.storePath(option: option, home: home, trustingEnvironment: trustsEnvironment)
  }
}
