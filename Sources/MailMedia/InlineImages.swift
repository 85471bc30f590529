internal import MailBytes
public import MailMIME
public import MailSystem

/// The local images that a text shows, each once, as parts that its HTML names by their Content-ID. RFC 2392; RFC 2387.
///
/// Use: map the images of the HTML or Markdown with `address(of:)`, then put `parts` beside it with `related(html:images:)`.
public struct InlineImages {
  /// An image as it goes into the message.
  public struct Image: Sendable {
    /// What the text calls it.
    public let source: String
    /// The file.
    public let path: String
    /// Its Content-ID without angle brackets.
    public let contentID: String
    public let type: ContentType
    public let bytes: [UInt8]
    public var part: BodyPart { inlineImagePart(bytes, type: type, name: path, contentID: contentID) }
    /// What to do about its size; nil where it is small enough.
    public var advice: String? { imageAdvice(bytes, name: path) }
  }

  /// A local image that can't be sent.
  public enum Problem: Error, CustomStringConvertible {
    /// It can't be read.
    case unreadable(SystemError)
    /// The file is no image.
    case notAnImage(path: String, type: String)
    /// It has more octets than one may have.
    case tooLarge(path: String, limit: Int)

    public var description: String {
      switch self {
      case .unreadable(let error): error.description
      case .notAnImage(let path, let type): "\(path): is no image, but \(type)"
      case .tooLarge(let path, let limit): "\(path): larger than \(sizeText(limit))"
      }
    }
  }

  /// The images that were asked for, in order.
  public private(set) var images: [Image] = []
  /// Every image as a part.
  public var parts: [BodyPart] { images.map(\.part) }

  private let directory: String
  private let host: String
  private let types: MediaTypes
  private let limit: Int

  /// Images whose paths are relative to `directory`, with identifiers at `host`; none larger than `limit` octets.
  public init(
    directory: String = ".", host: String = "postbag.invalid", types: MediaTypes = MediaTypes(), limit: Int = 32 << 20
  ) {
    self.directory = directory
    self.host = host
    self.types = types
    self.limit = limit
  }

  /// The `cid:` address of the image that the text calls `source`, read now if it wasn't before; nil where `source` isn't
  /// a local file (a remote address, `cid:`, `data:`), which then stays as it is.
  public mutating func address(of source: String) throws(Problem) -> String? {
    if let known = images.first(where: { $0.source == source }) { return "cid:" + known.contentID }
    guard let name = localPath(source) else { return nil }
    let path = name.hasPrefix("/") ? name : "\(directory)/\(name)"
    let bytes: [UInt8]
    do throws(SystemError) {
      bytes = try readFile(path, limit: limit + 1)
    } catch {
      throw .unreadable(error)
    }
    guard bytes.count <= limit else { throw .tooLarge(path: path, limit: limit) }
    let type = types.type(ofName: path, head: bytes.prefix(MediaTypes.headSize))
    guard type.hasPrefix("image/") else { throw .notAnImage(path: path, type: type) }
    let image = Image(
      source: source, path: path, contentID: contentID(of: bytes, host: host),
      type: ContentType("image", String(type.dropFirst(6))), bytes: bytes)
    // The same picture under two names is sent once.
    if !images.contains(where: { $0.contentID == image.contentID }) { images.append(image) }
    return "cid:" + image.contentID
  }
}

/// The file that an image's address means: a path, or a `file:` URL of this machine; nil for everything else.
public func localPath(_ address: String) -> String? {
  var rest = address[...]
  if rest.lowercased().hasPrefix("file:") {
    rest = rest.dropFirst(5)
    if rest.hasPrefix("//localhost/") {
      rest = rest.dropFirst(11)
    } else if rest.hasPrefix("///") {
      rest = rest.dropFirst(2)
    }
    guard rest.hasPrefix("/"), !rest.hasPrefix("//") else { return nil }
  } else {
    // A scheme ends with a colon before the first slash.
    guard !rest.isEmpty, !rest.hasPrefix("//"), !rest.hasPrefix("#"), !rest.prefix(while: { $0 != "/" }).contains(":")
    else { return nil }
  }
  let bytes = percentDecoded(Array(rest.utf8))
  return bytes.contains(0) ? nil : string(bytes)
}

private func percentDecoded(_ bytes: [UInt8]) -> [UInt8] {
  var output: [UInt8] = []
  var index = 0
  while index < bytes.count {
    if bytes[index] == 0x25, index + 2 < bytes.count, let high = bytes[index + 1].hexDigitValue,
      let low = bytes[index + 2].hexDigitValue
    {
      output.append(high << 4 | low)
      index += 3
    } else {
      output.append(bytes[index])
      index += 1
    }
  }
  return output
}

/// A Content-ID for `bytes`, without angle brackets: the same for the same octets, and hardly for others.
public func contentID(of bytes: [UInt8], host: String) -> String {
  let keys: [(UInt64, UInt64)] = [(0x706F_7374, 0x6261_6731), (0x706F_7374, 0x6261_6732)]
  var digits: [UInt8] = []
  for key in keys {
    let value = KeyedHash(key0: key.0, key1: key.1).hash(bytes.span)
    for shift in stride(from: 60, through: 0, by: -4) { digits.append(hexDigit(UInt8(value >> UInt64(shift) & 15))) }
  }
  return "\(string(digits).lowercased())@\(host)"
}

/// `bytes` as an image inside a text.
public func inlineImagePart(_ bytes: [UInt8], type: ContentType, name: String, contentID: String) -> BodyPart {
  var part = BodyPart.attachment(bytes, type: type, filename: String(name.split(separator: "/").last ?? "image"))
  part.disposition = "inline"
  part.contentID = contentID
  return part
}

/// `html` with the images that it shows; `html` alone when there are none. RFC 2387.
public func related(html: BodyPart, images: [BodyPart]) -> BodyPart {
  guard !images.isEmpty else { return html }
  var part = BodyPart.multipart("related", [html] + images)
  part.contentType = ContentType("multipart", "related", parameters: [("type", html.contentType.mediaType)])
  return part
}

/// What to do about an image that is larger than a letter needs; nil where it is not: more than one megabyte, or more than
/// 2,000 pixels wide or high.
public func imageAdvice(_ bytes: [UInt8], name: String) -> String? {
  let size = ImageSize(bytes[...])
  let isWide = size.map { max($0.width, $0.height) > 2_000 } ?? false
  guard isWide || bytes.count > 1 << 20 else { return nil }
  let pixels = size.map { ", \($0.width) × \($0.height) pixels" } ?? ""
  let base64 = bytes.count / 57 * 77
  return
    "\(name) is large for a picture in a letter (\(sizeText(bytes.count))\(pixels); \(sizeText(base64)) on its way)"
}
