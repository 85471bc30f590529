/// What is to become of a message; each step of the delivery may change it.
public struct DeliveryPlan: Sendable, Equatable {
  /// The folder it goes to.
  public var folder: String
  /// The folder is made when it is missing; otherwise the message goes to the Inbox.
  public var createsFolder: Bool

  public init(folder: String, createsFolder: Bool) {
    self.folder = folder
    self.createsFolder = createsFolder
  }
}

/// One thing that is decided about a message between its arrival and its place in the store. Steps are asked in order, on
/// the message as it will be stored; an error ends the delivery and leaves nothing behind.
public protocol DeliveryStep {
  func decide(about message: StagedMessage, _ plan: inout DeliveryPlan) throws(DeliveryError)
}

/// Files mail to `name+detail` into the folder `detail`, if there is one. A folder is never made because a stranger named it.
struct DetailStep: DeliveryStep {
  let delimiter: String
  let folders: [String]

  func decide(about message: StagedMessage, _ plan: inout DeliveryPlan) throws(DeliveryError) {
    guard let detail = message.recipient.flatMap({ addressDetail($0, delimiter: delimiter) }) else { return }
    let wanted = detail.lowercased()
    // `work-projects` can't be told from `work/projects` in an address, so only whole names count.
    guard let folder = folders.first(where: { $0.lowercased() == wanted }) else { return }
    plan.folder = folder
    plan.createsFolder = false
  }
}

/// The part of the local part of `address` behind the first of the characters in `delimiter`; nil when there is none.
/// RFC 5233, section 4.
public func addressDetail(_ address: String, delimiter: String) -> String? {
  let local = address.lastIndex(of: "@").map { address[..<$0] } ?? address[...]
  guard let place = local.dropFirst().firstIndex(where: { delimiter.contains($0) }) else { return nil }
  let detail = local[local.index(after: place)...]
  return detail.isEmpty ? nil : String(detail)
}
