internal import MailBytes
public import MailSASL
internal import MailTransport

extension SMTPClient {
  /// Logs in by the best mechanism that both sides know; one that the server turns out not to support is followed by the
  /// next. `allowed` are the mechanisms that may be used, in their order; none for all.
  ///
  /// Throws `login` when there is none, or the server can't prove itself, and `refused` when the server says no. Without
  /// encryption a password is shown only when `allowsClearText`. RFC 4954.
  ///
  ///     C: AUTH PLAIN dGVzdAB0ZXN0ADEyMzQ=
  ///     S: 235 2.7.0 Authentication successful
  public func authenticate(
    _ credentials: Credentials, allowed: [String] = [], allowsClearText: Bool = false
  ) throws(SMTPError) {
    guard state == .ready, !isAuthenticated else { throw .wrongState("AUTH") }
    let binding = security?.channelBindings.first.map { ChannelBinding(name: $0.name, data: $0.data) }
    let chooser = SASLChooser(
      isEncrypted: security != nil, allowsClearText: allowsClearText, allowed: allowed, channelBinding: binding)
    let candidates: [any SASLMechanism]
    do throws(SASLError) {
      candidates = try chooser.candidates(offered: capabilities.authentication, credentials: credentials)
    } catch {
      throw end(.login(error))
    }
    var last: SMTPReply?
    for mechanism in candidates {
      let reply = try exchange(mechanism)
      if reply.isPositive {
        isAuthenticated = true
        return
      }
      last = reply
      // 504: the mechanism isn't supported; 534: it is too weak; 538: not without encryption. RFC 4954, section 6. Every
      // other refusal is about the password, and trying it again in another way may lock the account.
      guard [500, 501, 502, 503, 504, 534, 538].contains(reply.code) else { break }
    }
    guard let last else { throw end(.login(.noMechanism(offered: [], needsEncryption: false))) }
    throw refuse(last, .authentication)
  }

  /// One exchange by `mechanism`; the server's last reply, with its explanation where it gave one.
  private func exchange(_ mechanism: any SASLMechanism) throws(SMTPError) -> SMTPReply {
    var mechanism = mechanism
    let initial: [UInt8]?
    do throws(SASLError) {
      initial = mechanism.clientSpeaksFirst ? try mechanism.respond(to: nil) : nil
    } catch {
      throw end(.login(error))
    }
    var reply = try command(try .authenticate(mechanism.name, initial: initial))
    while reply.code == 334 {
      do throws(SMTPError) {
        let response = try answer(to: reply, &mechanism)
        reply = try command(try .answer(response))
      } catch {
        if case .login = error { _ = try? command(.cancelAuthentication) }  // the first error is the one to tell
        throw end(error)
      }
    }
    if reply.isPositive, !mechanism.isComplete {
      throw end(.login(.serverNotAuthentic(mechanism: mechanism.name)))
    }
    guard !reply.isPositive, let explanation = mechanism.explanation else { return reply }
    return SMTPReply(code: reply.code, enhanced: reply.enhanced, lines: reply.lines + [Array(explanation.utf8)])
  }

  private func answer(
    to reply: SMTPReply, _ mechanism: inout any SASLMechanism
  ) throws(SMTPError) -> [UInt8] {
    let text = reply.lines.last ?? []
    guard reply.lines.count == 1, isBase64(text) else {
      throw .login(.badChallenge(mechanism: mechanism.name, "it is not base64"))
    }
    do throws(SASLError) {
      guard let response = try mechanism.respond(to: Base64.decode(text.span)) else {
        throw .unexpectedChallenge(mechanism: mechanism.name)
      }
      return response
    } catch {
      throw .login(error)
    }
  }

  // base64 = base64-terminal / ( 1*(4base64-char) [base64-terminal] )
  /// QUIRK: the challenge of LOGIN is sent without padding, or not encoded, by servers that nobody mends; only what can't
  /// be base64 at all is refused.
  private func isBase64(_ text: [UInt8]) -> Bool {
    text.allSatisfy { $0.isLetter || $0.isDigit || $0 == 0x2B || $0 == 0x2F || $0 == 0x3D }
  }
}
