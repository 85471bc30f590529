/// A number with its noun, as people write it: `1 message`, `12 messages`.
public func counted(_ number: Int, _ noun: String = "message", plural: String? = nil) -> String {
  number == 1 ? "1 \(noun)" : "\(number) \(plural ?? noun + "s")"
}

extension Failure {
  /// Messages that were there when they were named and are not any more; `done` is what happened to the others.
  public static func gone(_ number: Int, othersAre done: String) -> Failure {
    Failure(.noInput, "\(counted(number)) \(number == 1 ? "has" : "have") gone meanwhile; the others are \(done)")
  }
}
