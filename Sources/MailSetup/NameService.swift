internal import CResolv
internal import MailConfiguration

/// Whom to ask for SRV and MX records.
public struct NameService: Sendable, Equatable {
  /// An IPv4 address in place of the servers of resolv.conf.
  public var server: String?
  public var port: Int

  /// The name servers of the system.
  public init() {
    server = nil
    port = 53
  }

  /// The server `text`, an IPv4 address with or without a port; nil when it is none.
  public init?(_ text: String) {
    let parts = text.split(separator: ":" as Character, omittingEmptySubsequences: false)
    let numbers = parts[0].split(separator: "." as Character, omittingEmptySubsequences: false).map { UInt8($0) }
    guard parts.count <= 2, numbers.count == 4, numbers.allSatisfy({ $0 != nil }) else { return nil }
    guard let port = parts.count == 2 ? Int(parts[1]) : 53, (1...65_535).contains(port) else { return nil }
    server = String(parts[0])
    self.port = port
  }

  /// The submission servers that `domain` announces, the best first; RFC 6186, section 3.1, and RFC 8314, section 5.1.
  /// A domain may announce that it has none: then there is none. Several of one priority come in the order of their weights.
  public func submissionServers(of domain: String, address: String) -> [Proposal] {
    let kinds = [("_submissions._tcp", true), ("_submission._tcp", false)]
    return kinds.flatMap { label, isImplicit -> [Proposal] in
      var found: [(priority: Int, weight: Int, port: Int, target: String)] = []
      for case .service(let priority, let weight, let port, let target) in ask(.service, "\(label).\(domain)") {
        found.append((priority, weight, port, target))
      }
      return found.sorted { ($0.priority, -$0.weight) < ($1.priority, -$1.weight) }.compactMap { record in
        guard isHostName(record.target), record.port > 0 else { return nil }
        return Proposal(
          source: .serviceRecord, host: record.target, port: record.port, tls: isImplicit ? .implicit : .starttls,
          user: address)
      }
    }
  }

  /// The mail exchangers of `domain`, the best first.
  public func exchangers(of domain: String) -> [String] {
    var found: [(preference: Int, host: String)] = []
    for case .exchanger(let preference, let host) in ask(.exchanger, domain) { found.append((preference, host)) }
    return found.sorted { $0.preference < $1.preference }.map(\.host).filter { isHostName($0) }
  }

  /// What the records of `type` at `name` say. No answer is the same as none, after some ten seconds.
  private func ask(_ type: DNSType, _ name: String) -> [DNSMessage.Data] {
    guard isHostName(name), name.utf8.allSatisfy({ $0 < 0x80 }) else { return [] }
    var answer = [UInt8](repeating: 0, count: 65_535)
    var reason: Int32 = 0
    let length = unsafe cresolv_query(
      name, Int32(type.rawValue), server, Int32(port), &answer, Int32(answer.count), &reason)
    guard length > 0 else { return [] }
    let message = DNSMessage(Array(answer.prefix(Int(length))))
    return message.answers.filter { $0.type == type.rawValue }.map(\.data)
  }
}
