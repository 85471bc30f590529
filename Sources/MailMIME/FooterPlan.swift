internal import MailBytes

/// Where the footer of a message belongs.
struct FooterPlan {
  enum Kind {
    /// At the end of each of `texts`.
    case inside
    /// The message is signed, or has no text: the footer comes beside it. `texts` are those that the signature covers.
    case beside
    case sealed(String)
    case unfit
  }

  private(set) var kind = Kind.inside
  /// The alternatives of the last text that people read.
  private(set) var texts: [Part] = []

  init(_ root: Part) {
    let type = root.contentType
    if type.mediaType == "multipart/report" || type.mediaType == "text/calendar" || type.type == "message" {
      kind = .unfit
      return
    }
    if case .sealed(let method) = root.removability {
      kind = .sealed(method)
      return
    }
    if type.isMultipart, type.subtype == "encrypted" {
      kind = .sealed(signatureMethod(type))
      return
    }
    texts = FooterPlan.texts(in: root, depth: 0)
    if type.subtype == "signed", type.isMultipart {
      kind = .beside
    } else if texts.isEmpty || texts.contains(where: FooterPlan.isSealed) {
      // A signed part inside, as a mailing list makes it: nothing in it is touched.
      kind = .beside
    }
  }

  /// The last text in `part` that is shown, in all its alternatives.
  private static func texts(in part: Part, depth: Int) -> [Part] {
    guard depth < 20 else { return [] }
    let type = part.contentType
    if !type.isMultipart { return isShownText(part) ? [part] : [] }
    let children = part.children
    switch type.subtype {
    case "alternative": return children.flatMap { texts(in: $0, depth: depth + 1) }
    case "related":
      let start = type["start"].map { $0.drop { $0 == "<" }.prefix { $0 != ">" } }
      let root = children.first { start != nil && $0.contentID.map { $0[...] } == start } ?? children.first
      return root.map { texts(in: $0, depth: depth + 1) } ?? []
    case "signed": return children.first.map { texts(in: $0, depth: depth + 1) } ?? []
    default:
      for child in children.reversed() {
        let found = texts(in: child, depth: depth + 1)
        if !found.isEmpty { return found }
      }
      return []
    }
  }

  private static func isShownText(_ part: Part) -> Bool {
    let type = part.contentType
    guard type.isText("plain") || type.isText("html"), part.disposition?.isAttachment != true else { return false }
    return part.isMessageRoot || part.filename == nil
  }

  private static func isSealed(_ part: Part) -> Bool {
    switch part.removability {
    case .breaksSignature, .sealed: true
    default: false
    }
  }

  private func signatureMethod(_ type: ContentType) -> String {
    (type["protocol"] ?? "").lowercased().hasPrefix("application/pgp") ? "OpenPGP" : "S/MIME"
  }
}
