import MailCommand
import MailConfiguration
import MailStore
import Maildir

@main
struct MailQuota: Command {
  static let configuration = CommandConfiguration(
    name: "mail-quota", abstract: "Show how much of its quota the store takes.",
    discussion: "Exits 1 when the store holds more than it may.")

  @Flag(name: .long, help: "Also what each folder takes, the largest first.") var folders = false
  @Flag(name: .long, help: "Write the sums that deliverers go by anew, into maildirsize.") var recalculate = false
  @Option(name: .long, help: "table or json.") var format: QuotaFormat?
  @OptionGroup(title: "Store") var storeOptions: StoreOptions

  func run() throws {
    let settings = try storeOptions.configuration().quota
    let store = try storeOptions.open()
    try store.checkMaildir()
    let root = MaildirRoot(store.root)
    var limits = MaildirQuota.Limits(bytes: settings.limit, messages: settings.messages)
    if recalculate { _ = try MaildirQuota.recalculated(ofStore: root.path, limits: limits) }
    if limits.isUnlimited { limits = try MaildirQuota.recorded(inStore: root.path)?.limits ?? limits }
    let report = QuotaReport(try StoreUsage(of: root), limits: limits, showsFolders: folders)
    try report.print(as: format ?? .standard)
    if report.isOver { throw ExitCode.no }
  }
}
