import MailCommand
import MailConfiguration
import MailSMTP
import MailSetup
import MailSystem

/// Finds the server of an address, and has it confirmed.
struct ServerFinder {
  let search: Search
  let asks: Bool
  let takesAll: Bool
  let isTested: Bool

  func find() throws -> Proposal {
    let isWatched = isTerminal(2)
    let found = try search.run { if isWatched { MailSetup.warn("asking \($0)") } }
    let proposals = found.first?.source == .guess ? answering(found) : found
    guard let best = proposals.first else {
      guard asks else {
        throw Failure(
          .refused, "\(search.domain): nothing tells its server for outgoing mail", hint: "Name it with --host.")
      }
      return try byHand(search.guesses.first)
    }
    if best.access == .none { throw Failure(.refused, "\(search.domain): \(best.note ?? "no program can send")") }
    let doubt = best.isDoubtful(for: search.domain)
    MailSetup.warn(
      "\(best.host), port \(best.port), \(best.tls.rawValue): \(best.origin)", hint: best.note.map { "It " + $0 + "." })
    if takesAll { return best }
    if asks {
      return try ask("Is this right", usual: doubt ? "no" : "yes").lowercased().hasPrefix("y") ? best : try byHand(best)
    }
    guard !doubt else {
      throw Failure(
        .refused, "\(best.host) is outside of \(search.domain), and nobody vouches for it",
        hint: "--yes takes it, --host names another.")
    }
    return best
  }

  /// Those of `guesses` at which a server answers, with a certificate of its name.
  private func answering(_ guesses: [Proposal]) -> [Proposal] {
    guard isTested else { return [] }
    for guess in guesses {
      var server = Configuration.Outgoing(host: guess.host, port: guess.port, tls: guess.tls)
      server.limits.connectTimeout = 5
      server.limits.replyTimeout = 5
      // Who doesn't answer is not the server.
      guard let client = try? SMTPClient.connect(to: server) else { continue }
      client.quit()
      return [guess]
    }
    return []
  }

  private func byHand(_ usual: Proposal?) throws -> Proposal {
    let host = try ask("Server for outgoing mail", usual: usual?.host)
    let kinds: [Configuration.Outgoing.Security] = [.implicit, .starttls, .none]
    let place = try choose("Encryption", ["TLS from the start (465)", "STARTTLS (587)", "none"])
    let port = kinds[place] == .implicit ? 465 : 587
    return Proposal(
      source: .guess, host: host, port: Int(try ask("Port", usual: "\(port)")) ?? port, tls: kinds[place],
      user: search.address)
  }
}
