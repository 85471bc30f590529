internal import MailConfiguration
internal import MailSystem

extension OAuthClient {
  /// What the user has to do on another device. RFC 8628, section 3.2.
  public struct DeviceCode: Sendable, Equatable {
    /// The address to open there.
    public var address: String
    /// The code to type there.
    public var userCode: String
    /// An address that has the code in it already, if the server gives one.
    public var completeAddress: String?
  }

  /// Logs in with the help of another device: the device authorization grant. RFC 8628.
  ///
  /// `show` is given what the user has to do, once. An interrupt ends the wait.
  public func logInOnDevice(limit: Int = 900, show: (DeviceCode) -> Void) throws(SetupError) {
    guard let endpoint = oauth.deviceEndpoint else { throw .cannot(oauth: oauth.name, lacks: "device-endpoint") }
    let answer = try post(endpoint, oauth.scope.map { [("scope", $0)] } ?? [])
    guard let code = answer["device_code"]?.string, let userCode = answer["user_code"]?.string,
      let address = (answer["verification_uri"] ?? answer["verification_url"])?.string
    else { throw .noAnswer(host(of: endpoint), "gave no code") }
    show(
      DeviceCode(address: address, userCode: userCode, completeAddress: answer["verification_uri_complete"]?.string))
    let lifetime = min(max(answer["expires_in"]?.integer ?? 900, 1), Int64(limit))
    let end = monotonicNow() + nanoseconds(ofSeconds: lifetime)
    var pause = min(max(answer["interval"]?.integer ?? 5, 1), 60)
    while monotonicNow() < end {
      try wait(seconds: pause)
      switch try poll(code) {
      case .done: return
      case .pending: continue
      case .slower: pause += 5
      }
    }
    throw .noApproval("nobody entered the code in time")
  }

  private enum Poll { case done, pending, slower }

  /// RFC 8628, section 3.5.
  private func poll(_ code: String) throws(SetupError) -> Poll {
    let tokens: Tokens
    do throws(SetupError) {
      tokens = try request(
        [("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("device_code", code)], replacing: nil)
    } catch {
      switch error {
      case .refused(_, "authorization_pending", _): return .pending
      case .refused(_, "slow_down", _), .noAnswer(_, "timed out"): return .slower
      case .refused(_, "expired_token", _): throw .noApproval("nobody entered the code in time")
      default: throw error
      }
    }
    try store.locked(oauth) { () throws(SetupError) -> Void in try store.keep(tokens, of: oauth) }
    return .done
  }

  /// Waits, and looks every fifth of a second whether somebody wants to stop.
  private func wait(seconds: Int64) throws(SetupError) {
    let end = monotonicNow() + nanoseconds(ofSeconds: seconds)
    while monotonicNow() < end {
      if interruptRequested() { throw .interrupted }
      sleep(nanoseconds: 200_000_000)
    }
  }
}
