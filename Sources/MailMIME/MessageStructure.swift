/// The parts of one message as ranges into its octets. RFC 2046, section 5.
final class MessageStructure: Sendable {
  let records: [PartRecord]
  let defects: [Defect]
  /// The octet that ends a line: LF, or CR in a message that has no LF.
  let newline: UInt8

  init(records: [PartRecord], defects: [Defect], newline: UInt8) {
    self.records = records
    self.defects = defects
    self.newline = newline
  }

  /// The record after `index` in depth-first order.
  func following(_ index: Int) -> Int? {
    if records[index].firstChild >= 0 { return records[index].firstChild }
    var current = index
    while current >= 0 {
      if records[current].nextSibling >= 0 { return records[current].nextSibling }
      current = records[current].parent
    }
    return nil
  }
}

/// Where one part lies and how it hangs in the tree. Indexes are -1 for "none".
struct PartRecord: Sendable {
  /// What a part may hold.
  enum Kind: UInt8 { case leaf, multipart, message }

  var kind = Kind.leaf
  /// The root of a message, either the whole one or one embedded in message/rfc822.
  var isMessageRoot = false
  /// A multipart names its boundary.
  var boundaryIsKnown = false
  var links = Links()
  /// The header from its first field to the end of the empty line.
  var header: Range<Int> = 0..<0
  /// The end of the fields that are read; before `header.upperBound` only when a limit was passed.
  var fieldsEnd = 0
  var body: Range<Int> = 0..<0
  /// The values of Content-Type and Content-Transfer-Encoding.
  var contentType: Range<Int>?
  var transferEncoding: Range<Int>?

  var parent: Int { links.parent }
  var firstChild: Int { links.firstChild }
  var nextSibling: Int { links.nextSibling }

  struct Links: Sendable {
    var parent = -1
    var firstChild = -1
    var lastChild = -1
    var nextSibling = -1
    /// The place among the siblings, from 1; 0 for the root of a message.
    var position = 0
  }
}
