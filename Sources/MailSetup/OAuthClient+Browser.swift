internal import MailConfiguration
internal import MailSystem

extension OAuthClient {
  /// Logs in through a browser that comes back to this computer: the authorization code grant with a loopback redirection
  /// and PKCE. RFC 6749, section 4.1; RFC 7636; RFC 8252, section 7.3.
  ///
  /// `open` is given the address for the browser, once, when somebody listens for it to come back. `hint` is the address
  /// of the user's mailbox. The browser has `limit` seconds.
  public func logIn(hint: String?, limit: Int = 300, open: (String) -> Void) throws(SetupError) {
    guard let endpoint = oauth.authorizationEndpoint else {
      throw .cannot(oauth: oauth.name, lacks: "authorization-endpoint")
    }
    guard let state = randomText(), let proof = ProofKey(), let challenge = proof.challenge else {
      throw .system(SystemError.notFound("getrandom", path: "/dev/urandom"))
    }
    let listener: LoopbackListener
    do throws(SystemError) { listener = try LoopbackListener(port: oauth.redirectPort) } catch { throw .system(error) }
    let redirect = "http://127.0.0.1:\(listener.port)/"
    var fields = [
      ("response_type", "code"), ("client_id", oauth.clientID), ("redirect_uri", redirect), ("state", state),
      ("code_challenge", challenge), ("code_challenge_method", "S256"),
      // Some providers give out a refresh token only for these.
      ("access_type", "offline"), ("prompt", "consent"),
    ]
    if let scope = oauth.scope { fields.append(("scope", scope)) }
    if let hint { fields.append(("login_hint", hint)) }
    let mark = endpoint.utf8.contains(UInt8(ascii: "?")) ? "&" : "?"
    open(endpoint + mark + formEncoded(fields))
    let answer = try listener.wait(forState: state, seconds: limit)
    if let code = answer["error"] {
      throw .refused(host: host(of: endpoint), code: code, answer["error_description"] ?? "")
    }
    guard let code = answer["code"], !code.isEmpty else { throw .noApproval("the browser brought no code") }
    try redeem(code: code, redirect: redirect, proof: proof)
  }
}
