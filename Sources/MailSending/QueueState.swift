/// How far a message in the queue has come: what its events add up to.
public struct QueueState: Sendable, Equatable {
  /// What became of each recipient; nil while nothing did.
  public private(set) var outcomes: [DeliveryOutcome?]
  /// Recipients of whom nobody can know whether they have got it: the process that gave it away died before the answer.
  public private(set) var doubtful: Set<Int> = []
  /// Recipients whose failure the sender was told of.
  public private(set) var reported: Set<Int> = []
  public private(set) var isCopied = false
  public private(set) var isHeld = false
  public private(set) var attempts = 0
  /// When it is tried next; seconds since 1970.
  public private(set) var due: Int64
  public private(set) var hasWarned = false
  /// The key under which a report may have been delivered.
  public private(set) var reportKey: String?

  /// The state of a message that nothing has happened to.
  public init(_ record: QueueRecord) {
    outcomes = Array(repeating: nil, count: record.envelope.recipients.count)
    due = record.notBefore
  }

  /// Takes note of `event`.
  public mutating func apply(_ event: QueueEvent) {
    let known = outcomes.indices
    switch event {
    case .copied: isCopied = true
    case .giving(let places): doubtful.formUnion(places.filter { known.contains($0) })
    case .result(let places, let outcome):
      for place in places where known.contains(place) {
        outcomes[place] = outcome
        doubtful.remove(place)
      }
    case .attempted(_, let next):
      attempts += 1
      due = next
    case .held: isHeld = true
    case .released(let time):
      isHeld = false
      doubtful = []
      due = time
    case .warned: hasWarned = true
    case .reporting(let key): reportKey = key
    case .reported(let places):
      reported.formUnion(places)
      reportKey = nil
    }
  }

  /// Recipients that are still to be tried.
  public var pending: [Int] {
    outcomes.indices.filter { (outcomes[$0] == nil || outcomes[$0]?.kind == .temporary) && !doubtful.contains($0) }
  }

  /// Recipients that can't be reached, and of whom the sender knows nothing yet.
  public var unreported: [Int] {
    outcomes.indices.filter { outcomes[$0]?.kind == .permanent && !reported.contains($0) }
  }

  /// At least one server has it.
  public var hasLeft: Bool { outcomes.contains { $0?.kind == .sent } }

  /// Nothing is left to try, and nothing is in doubt.
  public var isSettled: Bool { pending.isEmpty && doubtful.isEmpty }

  /// For lists: in one word.
  public enum Summary: String, Sendable { case waiting, scheduled, held, doubtful, sending, finishing }

  /// How it stands at `time`, seconds since 1970.
  public func summary(at time: Int64) -> Summary {
    if !doubtful.isEmpty { return .doubtful }
    if isHeld { return .held }
    if isSettled { return .finishing }
    return attempts == 0 && due > time ? .scheduled : .waiting
  }
}
