internal import CGumbo
internal import Glibc

/// The tree of an HTML document, built as HTML, section 13.2.6, says.
@safe
final class HTMLTree {
  private let arena = Arena()
  private let root: UnsafeMutablePointer<GumboNode>?

  /// Parses markup made by `StructureReader`.
  init(_ markup: [UInt8]) {
    var options = unsafe kGumboDefaultOptions
    unsafe options.userdata = Unmanaged.passUnretained(arena).toOpaque()
    unsafe options.allocator = { arena, count in
      guard let arena = unsafe arena else { return nil }
      return unsafe Unmanaged<Arena>.fromOpaque(arena).takeUnretainedValue().allocate(count)
    }
    unsafe options.deallocator = { _, _ in }
    unsafe options.max_errors = 0
    unsafe root = markup.withUnsafeBytes { buffer in
      guard let start = unsafe buffer.baseAddress?.assumingMemoryBound(to: CChar.self) else { return nil }
      return unsafe gumbo_parse_with_options(&options, start, buffer.count)?.pointee.root
    }
  }

  /// Walks over the tree in the order of the document, without recursion.
  func walk(_ visitor: inout some HTMLVisitor) {
    guard let root = unsafe root else { return }
    var path: [(node: UnsafeMutablePointer<GumboNode>, nextChild: UInt32)] = unsafe [(root, 0)]
    while let (node, child) = unsafe path.last {
      let children = unsafe node.pointee.v.element.children
      guard unsafe child < children.length, let next = unsafe children.data[Int(child)] else {
        unsafe path.removeLast()
        unsafe visitor.end(node.pointee.v.element.tag)
        continue
      }
      unsafe path[path.count - 1].nextChild += 1
      let childNode = unsafe next.assumingMemoryBound(to: GumboNode.self)
      switch unsafe childNode.pointee.type {
      case GUMBO_NODE_ELEMENT, GUMBO_NODE_TEMPLATE:
        unsafe visitor.start(childNode.pointee.v.element.tag, index: index(of: childNode))
        unsafe path.append((childNode, 0))
      case GUMBO_NODE_TEXT, GUMBO_NODE_WHITESPACE, GUMBO_NODE_CDATA:
        guard let text = unsafe childNode.pointee.v.text.text else { continue }
        let start = unsafe UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self)
        unsafe visitor.text(UnsafeBufferPointer(start: start, count: strlen(text)).span)
      default: continue
      }
    }
  }

  /// The number in the only attribute that the markup has.
  private func index(of node: UnsafeMutablePointer<GumboNode>) -> Int? {
    let attributes = unsafe node.pointee.v.element.attributes
    guard unsafe attributes.length > 0, let first = unsafe attributes.data[0] else { return nil }
    let attribute = unsafe first.assumingMemoryBound(to: GumboAttribute.self)
    return unsafe Int(String(cString: attribute.pointee.value))
  }
}

/// Is told what a tree holds, in order.
protocol HTMLVisitor {
  mutating func start(_ tag: GumboTag, index: Int?)
  mutating func end(_ tag: GumboTag)
  mutating func text(_ text: Span<UInt8>)
}
