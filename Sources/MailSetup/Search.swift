internal import MailConfiguration

/// Looks for the servers that take the mail of an address.
public struct Search: Sendable {
  public var address: String
  /// An autoconfig document in place of those at the usual places.
  public var autoconfigURL: String?
  public var nameService = NameService()
  public var web = WebClient()
  /// Nobody outside is asked: only the table of providers is looked at.
  public var isOffline = false

  public init(address: String) { self.address = address }

  /// The domain of the address, in small letters.
  public var domain: String {
    guard let at = address.lastIndex(of: "@") else { return "" }
    return address[address.index(after: at)...].lowercased()
  }

  /// What is found at the first place that has something: the table of providers, autoconfig documents, SRV records, the
  /// domain's mail exchanger; at last, guesses. The best comes first. `progress` is told each place before it is asked.
  public func run(progress: (String) -> Void) throws(SetupError) -> [Proposal] {
    if let url = autoconfigURL {
      progress(url)
      return try document(at: url, mustExist: true)
    }
    if let provider = Provider.of(domain: domain) {
      return [Proposal(provider, address: address, source: .provider(provider.name))]
    }
    if isOffline { return guesses }
    guard isHostName(domain) else { return [] }
    for url in autoconfigURLs {
      progress(host(of: url))
      let found = try document(at: url, mustExist: false)
      if !found.isEmpty { return found }
    }
    progress("the SRV records of \(domain)")
    let announced = nameService.submissionServers(of: domain, address: address)
    if !announced.isEmpty { return announced }
    progress("the mail exchangers of \(domain)")
    for host in nameService.exchangers(of: domain) {
      guard let provider = Provider.of(exchanger: host) else { continue }
      return [
        Proposal(provider, address: address, source: .exchanger(provider: provider.name, host: host))
      ]
    }
    return guesses
  }

  /// The domain's own documents, where it has the right to know the address; then the collection of the Thunderbird project,
  /// which is told the domain alone.
  var autoconfigURLs: [String] {
    [
      "https://autoconfig.\(domain)/mail/config-v1.1.xml?emailaddress=\(percentEncoded(address))",
      "https://\(domain)/.well-known/autoconfig/mail/config-v1.1.xml",
      "https://autoconfig.thunderbird.net/v1.1/\(domain)",
    ]
  }

  private func document(at url: String, mustExist: Bool) throws(SetupError) -> [Proposal] {
    let response: WebClient.Response
    do throws(SetupError) {
      response = try web.get(url)
    } catch {
      guard case .noAnswer = error, !mustExist else { throw error }
      return []
    }
    // Words that a person asked for must not stand in the origin, which is shown: the address is left out.
    let shown = String(url.prefix { $0 != "?" })
    let found = response.status == 200 ? parseAutoconfig(response.body, for: address, url: shown) : []
    guard found.isEmpty, mustExist else { return found }
    throw .noAnswer(shown, response.status == 200 ? "names no server for outgoing mail" : "status \(response.status)")
  }

  /// Usual names and ports; whether somebody answers there, the caller finds out.
  public var guesses: [Proposal] {
    guard isHostName(domain) else { return [] }
    return ["smtp", "mail"].flatMap { label -> [Proposal] in
      [
        Proposal(source: .guess, host: "\(label).\(domain)", port: 465, tls: .implicit, user: address),
        Proposal(source: .guess, host: "\(label).\(domain)", port: 587, tls: .starttls, user: address),
      ]
    }
  }
}
