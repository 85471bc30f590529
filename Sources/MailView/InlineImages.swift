internal import MailBytes
internal import MailMIME

/// The images of a message that its HTML refers to by Content-ID.
final class InlineImages {
  /// Larger images stay out of the page, in octets.
  static let limit = 10 << 20

  private let parts: [Part]
  private var used: Set<String> = []
  private var budget: Int

  /// The images of `message`; all together not more than `budget` octets are given out.
  init(_ message: Message, budget: Int = .max) {
    parts = message.allParts.filter { $0.contentID != nil }
    self.budget = budget
  }

  /// The image with this Content-ID, to be put into a data: URL; nil if there is none that is harmless.
  func image(_ id: String) -> (type: String, base64: [UInt8])? {
    guard let part = parts.first(where: { $0.contentID == id }), part.body.count <= Self.limit else { return nil }
    let type = part.contentType
    guard type.type == "image", type.subtype != "svg+xml",
      type.subtype.utf8.allSatisfy({ $0.isLetter || $0.isDigit || $0 == 0x2D || $0 == 0x2E || $0 == 0x2B })
    else { return nil }
    let encoded = Base64.encode(part.decodedBody().span)
    guard encoded.count <= budget else { return nil }
    budget -= encoded.count
    used.insert(part.number)
    return (type.mediaType, encoded)
  }

  /// The part stands in the page.
  func isUsed(_ part: Part) -> Bool { used.contains(part.number) }
}
