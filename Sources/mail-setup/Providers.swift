import MailCommand
import MailConfiguration
import MailSetup

/// `mail-setup providers`: what the table knows.
struct Providers: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "providers", abstract: "List the providers that are known, or those that the words name.")

  @Argument(help: ArgumentHelp("Names, addresses or domains.", valueName: "name")) var names: [String] = []
  @Option(name: .long, help: ArgumentHelp("table or json.", valueName: "format")) var format = "table"

  func validate() throws {
    if format != "table", format != "json" { throw ValidationError("--format must be table or json") }
  }

  mutating func run() throws {
    let found = names.isEmpty ? Provider.all : names.compactMap { provider($0) }
    let output = Output()
    if format == "json" {
      for provider in found { try output.withBuffer { write(provider, into: &$0) } }
    } else {
      let width = found.map(\.name.count).max() ?? 0
      for provider in found {
        let name = provider.name + String(repeating: " ", count: width - provider.name.count)
        let place = provider.access == .none ? "-" : "\(provider.host):\(provider.port) \(provider.tls.rawValue)"
        try output.write("\(name)  \(place)" + (provider.note.map { "; \($0)" } ?? "") + "\n")
      }
    }
    try output.finish()
    if found.count < max(names.count, 1) { throw ExitCode.no }
  }

  private func provider(_ word: String) -> Provider? {
    let name = word.lastIndex(of: "@").map { String(word[word.index(after: $0)...]) } ?? word
    if let provider = Provider.named(name) { return provider }
    MailSetup.warn("\(word): no provider that is known")
    return nil
  }

  private func write(_ provider: Provider, into buffer: inout ByteBuffer) {
    var object = JSONObject(in: &buffer)
    object.add("name", provider.name, in: &buffer)
    object.add("domains", provider.domains.joined(separator: " "), in: &buffer)
    object.add("exchangers", provider.exchangers.joined(separator: " "), in: &buffer)
    object.add("host", orNull: provider.host, in: &buffer)
    object.add("port", Int64(provider.port), in: &buffer)
    object.add("tls", provider.tls.rawValue, in: &buffer)
    object.add("user", provider.login.rawValue, in: &buffer)
    object.add("access", provider.access.rawValue, in: &buffer)
    object.add("note", orNull: provider.note, in: &buffer)
    object.add("authorization_endpoint", orNull: provider.oauth?.authorization, in: &buffer)
    object.add("token_endpoint", orNull: provider.oauth?.token, in: &buffer)
    object.add("device_endpoint", orNull: provider.oauth?.device, in: &buffer)
    object.add("scope", orNull: provider.oauth?.scope, in: &buffer)
    object.end(in: &buffer)
  }
}
