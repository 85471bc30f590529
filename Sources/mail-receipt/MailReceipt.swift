import MailCommand
import MailReports
import MailStore
import MailSystem

@main
struct MailReceipt: Command {
  static let configuration = CommandConfiguration(
    name: "mail-receipt", abstract: "Show who asks for a receipt, and send or refuse it.",
    subcommands: [List.self, Send.self, Ignore.self], defaultSubcommand: List.self)

  /// Calls `body` with each message that `references` mean and what it asks for.
  static func forEach(
    _ references: [String], purpose: ReferenceResolver.Purpose, _ options: StoreOptions,
    _ body: (ReceiptDesk, ReceiptState, [UInt8]) throws -> Void
  ) throws {
    let store = try options.openSynchronised { warn($0) }
    let desk = try ReceiptDesk(store, options: options)
    var resolver = ReferenceResolver(store, for: purpose) { complain($0) }
    for row in try resolver.messages(references.isEmpty && isTerminal(0) ? ["."] : references) {
      guard let path = try store.presentPath(of: row) else {
        throw Failure(.noInput, "a message is no longer there")
      }
      let bytes = try readFile(path, limit: ReceiptDesk.limit)
      let state = ReceiptState(
        row: row, path: path, request: desk.request(row, bytes), isAnswered: try desk.isAnswered(row))
      try body(desk, state, bytes)
    }
    try resolver.finish()
  }
}
