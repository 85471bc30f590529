internal import CCmark
public import MailMIME

/// A text in Markdown, read once: what becomes of it as HTML, and as text for those who see no HTML. CommonMark 0.30.
@safe
public final class Markdown {
  /// What a text may do.
  public struct Options: Sendable {
    /// HTML in the text stays HTML, and links may lead anywhere. Else HTML is shown as it was typed, and a link to a script
    /// or to a local file leads nowhere.
    public var allowsRawHTML = false
    /// Every line break is one; else only those behind two spaces or a backslash.
    public var keepsLineBreaks = false
    /// Straight quotes, `--` and `...` become curved quotes, dashes and ellipses.
    public var isTypographic = false

    /// Safe HTML, paragraphs of several lines, characters as they were typed.
    public init() {}

    fileprivate var flags: Int32 {
      (allowsRawHTML ? CMARK_OPT_UNSAFE : 0) | (keepsLineBreaks ? CMARK_OPT_HARDBREAKS : 0)
        | (isTypographic ? CMARK_OPT_SMART : 0) | CMARK_OPT_VALIDATE_UTF8
    }
  }

  private let root: OpaquePointer?
  private let options: Options

  /// Reads `source`. Every text is Markdown, so nothing can be wrong with it.
  public init(_ source: String, options: Options = Options()) {
    self.options = options
    var source = source
    unsafe root = source.withUTF8 { text in
      unsafe text.withMemoryRebound(to: CChar.self) { characters in
        unsafe cmark_parse_document(characters.baseAddress, characters.count, options.flags)
      }
    }
    if !options.allowsRawHTML { showHTMLAsText() }
  }

  deinit { if let root = unsafe root { unsafe cmark_node_free(root) } }

  /// The addresses of all images, in order, each as it was typed.
  public var images: [String] {
    var images: [String] = []
    unsafe forEachNode { node, type, isEntered in
      if type == CMARK_NODE_IMAGE, isEntered { images.append(unsafe text(cmark_node_get_url(node))) }
    }
    return images
  }

  /// Gives each image the address that `address` makes of its own; nil leaves it.
  public func mapImages(_ address: (String) throws -> String?) rethrows {
    try unsafe forEachNode { node, type, isEntered in
      guard type == CMARK_NODE_IMAGE, isEntered,
        let new = try address(unsafe text(cmark_node_get_url(node)))
      else { return }
      unsafe cmark_node_set_url(node, new)
    }
  }

  /// The text as HTML, without what goes around it.
  public var html: String {
    guard let root = unsafe root, let result = unsafe cmark_render_html(root, options.flags) else { return "" }
    defer { unsafe cmark_get_default_mem_allocator().pointee.free(result) }
    return unsafe text(result)
  }

  /// The text as a page of HTML.
  public var page: String { htmlPage(html) }

  /// The text without HTML: paragraphs that can be sent as format=flowed, the marks of lists and quotations in place,
  /// links behind their words.
  public var paragraphs: [FlowedText.Paragraph] {
    var writer = TextWriter()
    unsafe forEachNode { node, type, isEntered in unsafe writer.write(node, type, isEntered: isEntered) }
    return writer.finish()
  }

  /// Calls `body` with each node when it begins, and when it ends if it may have others inside.
  private func forEachNode(_ body: (OpaquePointer, cmark_node_type, Bool) throws -> Void) rethrows {
    guard let root = unsafe root, let iterator = unsafe cmark_iter_new(root) else { return }
    defer { unsafe cmark_iter_free(iterator) }
    while true {
      let event = unsafe cmark_iter_next(iterator)
      guard event != CMARK_EVENT_DONE, let node = unsafe cmark_iter_get_node(iterator) else { return }
      try unsafe body(node, cmark_node_get_type(node), event == CMARK_EVENT_ENTER)
    }
  }

  /// What looks like HTML stands for itself: `<name>` in a letter isn't lost.
  private func showHTMLAsText() {
    unsafe forEachNode { node, type, _ in
      if type == CMARK_NODE_HTML_INLINE {
        unsafe replace(node, with: Self.textNode(text(cmark_node_get_literal(node))))
      } else if type == CMARK_NODE_HTML_BLOCK {
        unsafe replace(node, with: Self.paragraph(text(cmark_node_get_literal(node))))
      }
    }
  }

  private func replace(_ node: OpaquePointer, with new: OpaquePointer?) {
    guard let new = unsafe new else { return }
    if unsafe cmark_node_replace(node, new) == 1 {
      unsafe cmark_node_free(node)
    } else {
      unsafe cmark_node_free(new)
    }
  }

  private static func textNode(_ text: String) -> OpaquePointer? {
    guard let node = unsafe cmark_node_new(CMARK_NODE_TEXT) else { return nil }
    unsafe cmark_node_set_literal(node, text)
    return unsafe node
  }

  private static func paragraph(_ text: String) -> OpaquePointer? {
    guard let paragraph = unsafe cmark_node_new(CMARK_NODE_PARAGRAPH) else { return nil }
    for (place, line) in text.split(separator: "\n").enumerated() {
      if place > 0, let lineBreak = unsafe cmark_node_new(CMARK_NODE_LINEBREAK) {
        unsafe cmark_node_append_child(paragraph, lineBreak)
      }
      if let node = unsafe textNode(String(line)) { unsafe cmark_node_append_child(paragraph, node) }
    }
    return unsafe paragraph
  }
}

/// A C string as text; "" for none.
func text(_ characters: UnsafePointer<CChar>?) -> String {
  guard let characters = unsafe characters else { return "" }
  return unsafe String(cString: characters)
}

/// `body` as the body of a page of HTML that says which charset it is in.
public func htmlPage(_ body: String) -> String {
  """
  <!DOCTYPE html>
  <html>
  <head>
  <meta charset="utf-8">
  </head>
  <body>
  \(body)</body>
  </html>

  """
}
