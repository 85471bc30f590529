internal import Glibc

/// An account of the system.
public struct User: Sendable, Equatable {
  public let name: String
  public let uid: UInt32
  public let gid: UInt32
  public let home: String
  /// The full name, from the first field of the comment.
  public let fullName: String

  /// The account called `name`. Nil when the name service is sure that there is none; an error when it can't tell.
  public static func named(_ name: String) throws(SystemError) -> User? {
    try unsafe look { entry, buffer, count, result in unsafe getpwnam_r(name, entry, buffer, count, result) }
  }

  /// The account with the number `uid`.
  public static func withID(_ uid: UInt32) throws(SystemError) -> User? {
    try unsafe look { entry, buffer, count, result in unsafe getpwuid_r(uid, entry, buffer, count, result) }
  }

  private typealias Lookup = (
    UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>, Int, UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>
  ) -> Int32

  private static func look(_ lookup: Lookup) throws(SystemError) -> User? {
    var size = 4096
    while true {
      var buffer = [CChar](repeating: 0, count: size)
      var entry = unsafe passwd()
      var result: UnsafeMutablePointer<passwd>? = nil
      var user: User?
      let code = unsafe buffer.withUnsafeMutableBufferPointer { space -> Int32 in
        guard let base = space.baseAddress else { return ENOMEM }
        let code = unsafe lookup(&entry, base, space.count, &result)
        if code == 0, unsafe result != nil { user = unsafe User(entry) }
        return code
      }
      switch code {
      case 0, ENOENT, ESRCH: return user
      case ERANGE where size < 1 << 20: size *= 2
      case EINTR: continue
      default: throw SystemError(call: "getpwnam", errno: code)
      }
    }
  }

  private init(_ entry: passwd) {
    func text(_ pointer: UnsafeMutablePointer<CChar>?) -> String {
      guard let pointer = unsafe pointer else { return "" }
      return unsafe String(cString: pointer)
    }
    name = unsafe text(entry.pw_name)
    uid = unsafe entry.pw_uid
    gid = unsafe entry.pw_gid
    home = unsafe text(entry.pw_dir)
    fullName = unsafe String(text(entry.pw_gecos).prefix { $0 != "," })
  }
}

/// The user whose rights the process has.
public func effectiveUserID() -> UInt32 { geteuid() }

/// The home directory: `$HOME`, else that of the account.
public func userHome() -> String? {
  if let home = environment("HOME") { return home }
  // Without a name service there is simply no home to name.
  return (try? User.withID(geteuid()))?.home
}

/// Gives up the rights of root for those of `user`, for good: groups, group, user, in this order.
public func become(_ user: User) throws(SystemError) {
  _ = try retrying32("initgroups") { unsafe initgroups(user.name, user.gid) }
  _ = try retrying32("setgid") { setgid(user.gid) }
  _ = try retrying32("setuid") { setuid(user.uid) }
  // INVARIANT: from here on there is no way back; a system that still lets us be root is not to be trusted.
  if user.uid != 0, setuid(0) == 0 { throw SystemError(call: "setuid", errno: EPERM) }
}
