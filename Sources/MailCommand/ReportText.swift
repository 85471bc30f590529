public import MailStore

extension MessageReport {
  /// A line for people: what became of the message, for whom and when.
  public var annotation: (name: String, text: String) {
    let date = localDateTime(time)
    let state = status.isEmpty ? "" : " (\(status))"
    let said = words.isEmpty ? "" : ": \(words)"
    switch kind {
    case .displayed: return ("Read by", "\(recipient), \(date)")
    case .dispatched: return ("Sent on by", "\(recipient), \(date)\(said)")
    case .processed: return ("Processed for", "\(recipient), \(date)\(said)")
    case .deleted: return ("Deleted by", "\(recipient), \(date)\(said)")
    case .failed: return ("Not delivered to", "\(recipient), \(date)\(state)\(said)")
    case .delayed: return ("Delayed for", "\(recipient), \(date)\(state)\(said)")
    case .delivered, .relayed, .expanded: return ("Delivered to", "\(recipient), \(date)")
    }
  }
}

/// `2026-11-24 09:05`, local time.
func localDateTime(_ seconds: Int64) -> String {
  var time = LocalTime()
  let parts = time.parts(of: seconds)
  func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
  return "\(parts.year)-\(two(parts.month))-\(two(parts.day)) \(two(parts.hour)):\(two(parts.minute))"
}
