internal import Glibc

/// How well known an address is: each use counts half as much after every `halfLife`.
///
/// The score is the moment at which a single use would have to lie to count as much as all uses together. So it never has to
/// be aged: what is used in the same measure stays in the same order.
enum UseScore {
  /// Seconds in which a use loses half of its weight.
  static let halfLife = 60.0 * 86_400
  /// A message received counts as one sent that much earlier: an eighth.
  static let receivedPenalty = 3 * halfLife

  /// The score after one more use at `time`.
  static func adding(_ time: Double, to score: Double) -> Double {
    guard score > 0 else { return max(time, 1) }
    let (later, earlier) = (max(score, time), min(score, time))
    return later + halfLife * log2(1 + exp2((earlier - later) / halfLife))
  }
}
