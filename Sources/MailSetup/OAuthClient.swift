public import MailConfiguration
internal import MailSystem

/// Gets tokens for one `[[oauth]]`, keeps them, and gets new ones when they end.
public struct OAuthClient: Sendable {
  let oauth: Configuration.OAuth
  let store: TokenStore
  let web: WebClient

  /// The client for `oauth`, which keeps its tokens in `store`.
  public init(_ oauth: Configuration.OAuth, store: TokenStore) {
    self.oauth = oauth
    self.store = store
    var web = WebClient(caFile: oauth.caFile)
    web.timeLimit = 30
    self.web = web
  }

  /// An access token that is good for `margin` seconds more, fetched anew where it isn't. RFC 6749, section 6.
  ///
  /// The new refresh token is on the disk before the access token is returned. Of several processes one asks.
  public func accessToken(margin: Int64 = 60) throws(SetupError) -> Secret {
    if let tokens = try store.tokens(of: oauth), tokens.isGood(at: seconds(), margin: margin) { return tokens.access }
    return try store.locked(oauth) { () throws(SetupError) -> Secret in
      // Another process may have been here while this one waited.
      guard let old = try store.tokens(of: oauth) else { throw .notLoggedIn(oauth.name) }
      if old.isGood(at: seconds(), margin: margin) { return old.access }
      guard let refresh = old.refresh else { throw .notLoggedIn(oauth.name) }
      let fields = [("grant_type", "refresh_token"), ("refresh_token", refresh.text)]
      let new: Tokens
      do throws(SetupError) {
        new = try request(fields, replacing: old)
      } catch {
        guard case .refused(_, "invalid_grant", _) = error else { throw error }
        throw .notLoggedIn(oauth.name)
      }
      try store.keep(new, of: oauth)
      return new.access
    }
  }

  /// Exchanges what the browser brought back for tokens, and keeps them. RFC 6749, section 4.1.3; RFC 7636, section 4.5.
  func redeem(code: String, redirect: String, proof: ProofKey) throws(SetupError) {
    let tokens = try request(
      [
        ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect),
        ("code_verifier", proof.verifier),
      ], replacing: nil)
    try store.locked(oauth) { () throws(SetupError) -> Void in try store.keep(tokens, of: oauth) }
  }

  /// Asks the token endpoint. What it answers is taken as tokens or as a refusal. RFC 6749, sections 5.1 and 5.2.
  func request(_ fields: [(String, String)], replacing old: Tokens?) throws(SetupError) -> Tokens {
    let answer = try post(oauth.tokenEndpoint, fields)
    guard let tokens = Tokens(answer, now: seconds(), replacing: old) else {
      throw .noAnswer(host(of: oauth.tokenEndpoint), "gave no token that can be used")
    }
    return tokens
  }

  /// Sends `fields` with our identity; a refusal is an error with its code.
  func post(_ url: String, _ fields: [(String, String)]) throws(SetupError) -> JSONValue {
    var fields = fields + [("client_id", oauth.clientID)]
    if let secret = try clientSecret() { fields.append(("client_secret", secret)) }
    let response = try web.post(url, form: fields)
    let answer = parseJSON(response.body)
    if let code = answer?["error"]?.string {
      throw .refused(host: host(of: url), code: code, answer?["error_description"]?.string ?? "")
    }
    guard response.status == 200, let answer else {
      throw .noAnswer(host(of: url), response.status == 200 ? "answered no JSON" : "status \(response.status)")
    }
    return answer
  }

  private func clientSecret() throws(SetupError) -> String? {
    guard let command = oauth.clientSecretCommand else { return oauth.clientSecret }
    do throws(SecretError) {
      return try secret(printedBy: command, key: "client-secret-command").text
    } catch { throw .secret(error) }
  }

  /// Seconds since 1970.
  func seconds() -> Int64 { now() / 1_000_000_000 }
}
