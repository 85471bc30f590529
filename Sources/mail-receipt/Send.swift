import MailCommand
import MailReports
import MailStore
import MailSystem

extension MailReceipt {
  struct Send: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "send", abstract: "Send the receipts that messages ask for, each once.")

    @OptionGroup var messages: ReferenceOptions
    @Option(
      name: .long,
      help: ArgumentHelp("What was done with them: displayed, deleted, dispatched or processed.", valueName: "kind"))
    var kind = Kind.displayed
    @Flag(name: .long, help: "Also where a receipt could be misused, without asking.") var yes = false
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    mutating func run() throws {
      var code: ExitCode?
      try MailReceipt.forEach(messages.references, purpose: .change, storeOptions) { desk, state, bytes in
        do {
          try send(desk, state, bytes)
        } catch let failure as Failure where failure.code != .interrupted {
          MailReceipt.complain(failure)
          code = code ?? failure.code
        }
      }
      if let code { throw code }
    }

    private func send(_ desk: ReceiptDesk, _ state: ReceiptState, _ bytes: [UInt8]) throws {
      let name = state.row.subject.isEmpty ? state.path : state.row.subject
      guard let request = state.request else { throw Failure(.no, "\(name): no receipt is asked for") }
      if state.isAnswered { throw Failure(.no, "\(name): a receipt was sent or refused before") }
      if let obstacle = request.obstacle {
        throw Failure(obstacle == .badAddress ? .badData : .notPermitted, "\(name): \(obstacle.explanation)")
      }
      if !request.doubts.isEmpty, !yes {
        guard isTerminal(0) else {
          let reasons = request.doubts.map(\.explanation).joined(separator: "; ")
          throw Failure(
            .notPermitted, "\(name): not sent to \(request.names): \(reasons)", hint: "--yes sends it all the same.")
        }
        switch request.ask() {
        case .send: break
        case .ignore:
          _ = try desk.ignore([state.row.id])
          return
        case .later: throw Failure(.no, "\(name): not sent")
        }
      }
      guard try desk.send(request, for: state.row, bytes, kind: kind.disposition) else {
        throw Failure(.no, "\(name): a receipt was sent or refused before")
      }
    }
  }

  /// What was done with a message.
  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case displayed, deleted, dispatched, processed

    var disposition: DispositionNotification.Kind {
      switch self {
      case .displayed: .displayed
      case .deleted: .deleted
      case .dispatched: .dispatched
      case .processed: .processed
      }
    }
  }

  struct Ignore: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "ignore", abstract: "Send no receipt for these messages, and ask no more.")

    @OptionGroup var messages: ReferenceOptions
    @OptionGroup(title: "Store") var storeOptions: StoreOptions

    mutating func run() throws {
      let store = try storeOptions.openSynchronised { MailReceipt.warn($0) }
      var resolver = ReferenceResolver(store, for: .change) { MailReceipt.complain($0) }
      let references = messages.references.isEmpty && isTerminal(0) ? ["."] : messages.references
      let rows = try resolver.messages(references)
      _ = try ReceiptDesk(store, options: storeOptions).ignore(
        rows.filter { $0.flags.contains(.asksReceipt) }.map(\.id))
      for row in rows where !row.flags.contains(.asksReceipt) {
        MailReceipt.warn("\(row.subject.isEmpty ? row.messageID : row.subject): no receipt is asked for")
      }
      try resolver.finish()
      if !rows.isEmpty, rows.allSatisfy({ !$0.flags.contains(.asksReceipt) }) { throw Failure.no }
    }
  }
}
