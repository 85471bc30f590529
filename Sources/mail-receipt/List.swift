import MailCommand
import MailStore

extension MailReceipt {
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List the messages that ask and have had no answer; of those named, to whom a receipt would go.")

    @OptionGroup var messages: ReferenceArguments
    @OptionGroup(title: "Form") var table: TableOptions
    @OptionGroup(title: "Form") var format: FormatOptions
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    mutating func run() throws {
      let terminal = Terminal()
      let form = try format.resolved(for: terminal)
      if let action = messages.references.first, action == "send" || action == "ignore" {
        throw Failure.usage("options come behind '\(action)'", hint: "Try 'mail-receipt \(action) --help'.")
      }
      if !messages.references.isEmpty {
        var states: [ReceiptState] = []
        try MailReceipt.forEach(messages.references, purpose: .read, storeOptions) { _, state, _ in
          states.append(state)
        }
        return try printReceipts(states, asJSON: form == .json)
      }
      let store = try storeOptions.openSynchronised { MailReceipt.warn($0) }
      let desk = try ReceiptDesk(store, options: storeOptions)
      let rows = try store.receiptRequests().filter { try desk.mayBeAnswered($0) }
      var options = table.printerOptions(null: format.null)
      options.showsFolder = true
      options.expected = rows.count
      let printer = try Printer(form, store: store, options: options, terminal: terminal)
      for row in rows { try printer.print(row) }
      try printer.finish()
      if rows.isEmpty {
        if form == .table, terminal.isTerminal { MailReceipt.warn("nobody asks for a receipt") }
        throw Failure.no
      }
    }
  }
}
