// What mail-setup reads: a configuration and an account put into it, autoconfig documents, answers of the name service, JSON.
import MailConfiguration
import MailSetup
import MailSystem

private func checkConfiguration(_ bytes: [UInt8]) {
  let (_, problems) = Configuration.reading(bytes, file: "c")
  precondition(zip(problems, problems.dropFirst()).allSatisfy { $0.line <= $1.line })
  guard let writer = try? AccountWriter(bytes, file: "c", home: nil) else { return precondition(!problems.isEmpty) }
  var server = Configuration.Outgoing(host: "smtp.example.org", port: 465)
  server.login.user = "ada"
  let account = Account(name: "A", address: "ada@example.org", outgoing: server)
  for conflict in [AccountWriter.Conflict.add, .replace] {
    guard let result = try? writer.adding(account, conflict) else { continue }
    let (configuration, mistakes) = Configuration.reading(result, file: "c")
    precondition(mistakes.isEmpty && configuration.identity(for: account.address) != nil)
    precondition(configuration.store == writer.configuration.store && configuration.send == writer.configuration.send)
  }
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzSetup(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: data, count: count))
  let bytes = Array(input.dropFirst())
  switch input.first {
  case UInt8(ascii: "0"): checkConfiguration(bytes)
  case UInt8(ascii: "1"):
    for proposal in parseAutoconfig(bytes, for: "ada@example.org", url: "u") {
      precondition((1...65_535).contains(proposal.port) && !proposal.host.utf8.contains { $0 <= 0x20 })
    }
  case UInt8(ascii: "2"): precondition(DNSMessage(bytes).answers.allSatisfy { $0.name.utf8.count <= 1_000 })
  default:
    if let value = parseJSON(bytes) { precondition(parseJSON(Array(value.text.utf8)) == value) }
  }
  return 0
}
