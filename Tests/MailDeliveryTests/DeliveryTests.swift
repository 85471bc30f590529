import MailConfiguration
import MailSystem
import Maildir
import Testing

@testable import MailDelivery

@Suite struct DeliveryTests {
  private let folder = TemporaryFolder()
  private var store: String { "\(folder.path)/Maildir" }
  private var settings = Configuration()

  /// Delivers `text` from a file.
  private func deliver(
    _ text: [UInt8], _ change: (inout DeliveryRequest) -> Void = { _ in }, with settings: Configuration? = nil,
    report: @escaping (DeliveryEvent) -> Void = { _ in }
  ) throws -> DeliveryResult {
    let input = try File("\(folder.path)/input", [.readWrite, .create, .truncate])
    try input.write(text)
    try input.seek(to: 0)
    var request = DeliveryRequest()
    change(&request)
    return try Delivery(store: store, configuration: settings ?? self.settings, report: report)
      .run(request, from: input.descriptor)
  }

  private func count(_ part: String) -> Int { (try? directoryEntries("\(store)/\(part)").count) ?? 0 }
  private let text = Array("Message-ID: <1@example.org>\nSubject: x\n\nbody\n".utf8)

  @Test func theFirstMessageMakesTheStore() throws {
    guard case .stored(let path) = try deliver(text) else { return #expect(Bool(false)) }
    #expect(path.hasPrefix("\(store)/new/"))
    #expect(try readFile(path) == text)
    #expect(count("tmp") == 0)
  }

  @Test func aHomeThatIsNotThereIsNotMade() {
    let error = #expect(throws: DeliveryError.self) {
      try Delivery(store: "\(folder.path)/home/Maildir", configuration: settings)
    }
    #expect(error?.isFinal == false)
    #expect(!isDirectory("\(folder.path)/home"))
  }

  @Test func aStoreThatEverybodyMayWriteToIsRefused() throws {
    try createMaildir(store)
    try setPermissions(store, to: 0o777)
    #expect(throws: DeliveryError.notTrusted(store, reason: "everybody may write to it")) { try deliver(text) }
  }

  @Test func aMessageAtTheLimitPassesAndOneByteMoreDoesNot() throws {
    var settings = settings
    settings.delivery.sizeLimit = Int64(text.count)
    _ = try deliver(text, with: settings)
    #expect(throws: DeliveryError.tooLarge(limit: Int64(text.count))) { try deliver(text + [10], with: settings) }
    #expect(count("new") == 1)
    #expect(count("tmp") == 0)
    settings.delivery.sizeLimit = 0
    _ = try deliver(text + [10], with: settings)
    #expect(count("new") == 2)
  }

  @Test(arguments: [1, 65_535, 65_536, 65_537, 1_200_000])
  func messagesOfEverySizeArriveWhole(size: Int) throws {
    for separator in ["\n", "\n\n"] {
      let message = Array("Subject: x\(separator)".utf8) + (0..<size).map { UInt8(truncatingIfNeeded: $0 % 97 + 10) }
      guard case .stored(let path) = try deliver(message, { $0.sender = "a@b" }) else { return #expect(Bool(false)) }
      let stored = try readFile(path)
      #expect(stored.elementsEqual(Array("Return-Path: <a@b>\n".utf8) + message))
      let name = MessageName(lastComponent(of: path))
      #expect(name.size == Int64(stored.count))
      let bare = stored.indices.count { stored[$0] == 10 && ($0 == 0 || stored[$0 - 1] != 13) }
      #expect(name.wireSize == Int64(stored.count + bare))
    }
  }

  @Test func theFolderIsMadeOrReplacedByTheInbox() throws {
    _ = try deliver(text, { $0.folder = "Work/Lists" })
    #expect(count(".Work.Lists/new") == 1)
    var settings = settings
    settings.delivery.createsFolders = false
    var notices: [String] = []
    let collect: (DeliveryEvent) -> Void = { if case .notice(let text) = $0 { notices.append(text) } }
    _ = try deliver(text, { $0.folder = "Other" }, with: settings, report: collect)
    #expect(count("new") == 1)
    #expect(notices == ["Other: no such folder; delivered to the Inbox"])
    _ = try deliver(text, { $0.folder = "../x" })
    #expect(count("new") == 2)
    _ = try deliver(text, { $0.folder = "inbox" })
    #expect(count("new") == 3)
  }

  @Test func aDetailChoosesAFolderThatExists() throws {
    _ = try deliver(text, { $0.folder = "Lists" })
    var settings = settings
    settings.delivery.filesByDetail = true
    _ = try deliver(text, { $0.recipient = "ada+lists@example.org" }, with: settings)
    #expect(count(".Lists/new") == 2)
    _ = try deliver(text, { $0.recipient = "ada+other@example.org" }, with: settings)
    #expect(count("new") == 1)
    #expect(count(".other") == 0)
    _ = try deliver(
      text,
      {
        $0.recipient = "ada+lists@example.org"
        $0.skipsFilters = true
      }, with: settings)
    #expect(count("new") == 2)
    _ = try deliver(text, { $0.recipient = "ada+lists@example.org" })
    #expect(count("new") == 3)
  }

  @Test func equalMessagesAreDeliveredOnceWhenTheUserWantsThat() throws {
    var settings = settings
    settings.delivery.suppressesDuplicates = true
    #expect(try deliver(text, with: settings) != .duplicate)
    #expect(try deliver(text, { $0.sender = "other@example.org" }, with: settings) == .duplicate)
    #expect(count("new") == 1)
    #expect(count("tmp") == 0)
    #expect(try deliver(text + [10], with: settings) != .duplicate)
    #expect(try deliver(Array("Subject: no id\n\nbody\n".utf8), with: settings) != .duplicate)
    #expect(try deliver(Array("Subject: no id\n\nbody\n".utf8), with: settings) != .duplicate)
    #expect(try deliver(text) != .duplicate)
    #expect(count("new") == 5)
  }

  @Test func aDamagedRecordOfDeliveriesIsMadeAnew() throws {
    var settings = settings
    settings.delivery.suppressesDuplicates = true
    _ = try deliver(text, with: settings)
    let record = "\(store)/postbag/delivered"
    let damages: [[UInt8]] = [Array(try readFile(record).dropLast(3)), [], Array("nonsense\n\u{0}".utf8)]
    for damage in damages {
      try replaceFile(record, with: damage)
      _ = try deliver(text, with: settings)
      #expect(try deliver(text, with: settings) == .duplicate)
    }
  }

  @Test func oldDeliveriesAreForgotten() throws {
    var settings = settings
    settings.delivery.suppressesDuplicates = true
    _ = try deliver(text, with: settings)
    let record = "\(store)/postbag/delivered"
    let lines = String(decoding: try readFile(record), as: UTF8.self).split(separator: "\n")
    let time = try #require(Int64(lines[1].prefix { $0 != " " }))
    let old = lines[0] + "\n" + String(time - 8 * 86_400) + lines[1].drop { $0 != " " } + "\n"
    try replaceFile(record, with: Array(old.utf8))
    #expect(try deliver(text, with: settings) != .duplicate)
  }

  @Test func aFullStoreMakesMailWait() throws {
    var settings = settings
    settings.quota.limit = 100
    _ = try deliver(text, with: settings)
    _ = try deliver(text, with: settings)
    #expect(throws: DeliveryError.overQuota(store, isFinal: false)) { try deliver(text, with: settings) }
    #expect(count("new") == 2)
    #expect(count("tmp") == 0)
    settings.quota.limit = 1000
    _ = try deliver(text, with: settings)
    #expect(count("new") == 3)
  }

  /// Puts messages of 100 bytes into Trash, the higher number later.
  private func fillTrash(_ count: Int, name: String = ".Trash") throws {
    try createMaildir("\(store)")
    try createMaildir("\(store)/\(name)")
    for number in 0..<count {
      let file = try File("\(store)/\(name)/cur/17000000\(10 + number).M\(number)P1.host,S=100:2,S", [.write, .create])
      try file.write([UInt8](repeating: 0x61, count: 100))
      try file.close()
      sleep(nanoseconds: 1_100_000)
    }
  }

  private func trash(_ name: String = ".Trash") -> [String] {
    ((try? directoryEntries("\(store)/\(name)/cur")) ?? []).map { String($0.prefix(10)) }.sorted()
  }

  @Test func aFullStoreMakesRoomInTrash() throws {
    try fillTrash(5)
    var settings = settings
    let size = Int64(Array(text).count)
    settings.quota.limit = 500 + size - 150
    _ = try deliver(text, with: settings)
    #expect(count("new") == 1)
    #expect(trash().count == 3, "as much as was needed")
    let quota = try MaildirQuota.recorded(inStore: store)
    #expect(quota?.bytes == 300 + size)
    #expect(quota?.messages == 4)
  }

  @Test func roomIsMadeForTheNumberOfMessagesToo() throws {
    try fillTrash(3)
    var settings = settings
    settings.quota.messages = 3
    _ = try deliver(text, with: settings)
    #expect(trash().count == 2)
    _ = try deliver(text, with: settings)
    _ = try deliver(text, with: settings)
    #expect(trash().isEmpty)
    settings.quota.whenFull = .reject
    #expect(throws: DeliveryError.overQuota(store, isFinal: true)) { try deliver(text, with: settings) }
    #expect(count("new") == 3)
    #expect(count("tmp") == 0)
  }

  @Test func whatDoesNotFitWithoutTrashRemovesNothing() throws {
    try fillTrash(3)
    try createMaildir("\(store)/.Work")
    let kept = try File("\(store)/.Work/cur/1.a,S=400:2,S", [.write, .create])
    try kept.close()
    var settings = settings
    for limit in [Int64(10), 400 + Int64(Array(text).count) - 1] {
      settings.quota.limit = limit
      #expect(throws: DeliveryError.overQuota(store, isFinal: false)) { try deliver(text, with: settings) }
      #expect(trash().count == 3)
    }
  }

  @Test func aTrashOfAnotherNameAndFoldersInItMakeRoom() throws {
    try fillTrash(1, name: ".Papierkorb")
    try fillTrash(1, name: ".Papierkorb.Old")
    try fillTrash(1)
    var settings = settings
    settings.folders.trash = ["Papierkorb"]
    settings.quota.messages = 2
    _ = try deliver(text, with: settings)
    #expect(trash(".Papierkorb").isEmpty)
    #expect(trash(".Papierkorb.Old").isEmpty)
    #expect(trash().count == 1, "a folder called Trash is then one like others")
  }

  @Test func inATreeMailGoesToItsInbox() throws {
    try createMaildir("\(store)/Inbox")
    guard case .stored(let path) = try deliver(text) else { return #expect(Bool(false)) }
    #expect(path.hasPrefix("\(store)/Inbox/new/"))
  }

  @Test func onlyRefusalsAreFinal() {
    #expect(DeliveryError.tooLarge(limit: 50_000_000).isFinal)
    #expect(DeliveryError.noSuchUser("x").isFinal)
    #expect(DeliveryError.rejected("x").isFinal)
    #expect(!DeliveryError.overQuota("x", isFinal: false).isFinal)
    #expect(DeliveryError.overQuota("x", isFinal: true).isFinal)
    #expect(!DeliveryError.system(.notFound("open", path: "x")).isFinal)
    #expect(DeliveryError.tooLarge(limit: 50_000_000).description == "the message is larger than 50 MB")
    #expect(DeliveryError.tooLarge(limit: 1001).description == "the message is larger than 1001 bytes")
  }

  @Test func rootIsNotTheOnlyOneButOthersNeedTheirOwnName() throws {
    #expect(throws: DeliveryError.noSuchUser("no-such-user-here")) { try Account(user: "no-such-user-here") }
  }
}
