import MailMIME
import MailMedia
import Testing

@Suite struct InlineImagesTests {
  static let pixel: [UInt8] =
    [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52] + [
      0, 0, 0, 3, 0, 0, 0, 2, 8, 2,
    ]

  @Test func sourcesOfImagesAreFound() {
    let html = """
      <IMG SRC="a.png"><img alt='x>y' src=b.png/><img
      src = 'c&amp;d.png' src=no.png><image src=no><!-- <img src="no.png"> --><script>"<img src='no'>"</script>
      <style>/*<img src=no>*/</style><img data-src="no" src="">< img src=no><img src="open
      """
    #expect(imageSources(of: html) == ["a.png", "b.png/", "c&d.png", "", "open"])
  }

  @Test func onlyTheValueChanges() {
    let html = "<p>&amp; <img alt=\"a\" src='x.png' width=3>\r\n<img src=y.png><img src=\"z.png\">"
    let new = mapImageSources(of: html) { $0 == "z.png" ? nil : "cid:\($0)\"'<&" }
    #expect(
      new == "<p>&amp; <img alt=\"a\" src='cid:x.png&quot;&#39;&lt;&amp;' width=3>\r\n"
        + "<img src=\"cid:y.png&quot;&#39;&lt;&amp;\"><img src=\"z.png\">")
    #expect(mapImageSources(of: "no image") { _ in "x" } == "no image")
  }

  @Test func addressesOfFilesAreToldFromOthers() {
    #expect(localPath("a/b%20c.png") == "a/b c.png")
    #expect(localPath("/tmp/x.png") == "/tmp/x.png")
    #expect(localPath("file:///tmp/x.png") == "/tmp/x.png")
    #expect(localPath("file://localhost/x.png") == "/x.png")
    #expect(localPath("dir/a:b.png") == "dir/a:b.png")
    for address in [
      "http://example.org/a.png", "cid:x", "data:image/png;base64,", "//example.org/a.png", "#a", "",
      "file://host/a.png", "file:a.png", "a%00.png", "javascript:x",
    ] {
      #expect(localPath(address) == nil, "\(address)")
    }
  }

  @Test func eachImageIsSentOnce() throws {
    let folder = TestFolder()
    _ = folder.write("a.png", Self.pixel)
    _ = folder.write("b c.png", Self.pixel + [1])
    var images = InlineImages(directory: folder.path, host: "example.org")
    let first = try images.address(of: "a.png")
    #expect(try images.address(of: "./a.png") == first)
    #expect(try images.address(of: "b%20c.png") != first)
    #expect(try images.address(of: "https://example.org/a.png") == nil)
    #expect(images.parts.count == 2)
    #expect(first?.hasPrefix("cid:") == true && first?.hasSuffix("@example.org") == true)
    let body = related(html: .text("<img src=\"\(first ?? "")\">\n", subtype: "html"), images: images.parts)
    let message = Message(parsing: MessageBuilder(body: body).build())
    #expect(message.root.contentType["type"] == "text/html")
    #expect(message.root.children[1].contentID.map { "cid:" + $0 } == first)
    #expect(message.root.children[1].decodedBody() == Self.pixel)
    #expect(message.root.children[2].filename == "b c.png")
    #expect(
      message.root.children.dropFirst().allSatisfy { !$0.isAttachment && $0.contentType.mediaType == "image/png" })
  }

  @Test func whatIsNoImageIsRefused() {
    let folder = TestFolder()
    _ = folder.write("a.txt", Array("text".utf8))
    _ = folder.write("large.png", Self.pixel)
    var images = InlineImages(directory: folder.path, limit: 20)
    #expect(throws: InlineImages.Problem.self) { try images.address(of: "missing.png") }
    #expect(throws: InlineImages.Problem.self) { try images.address(of: "a.txt") }
    #expect(throws: InlineImages.Problem.self) { try images.address(of: "large.png") }
    #expect(throws: InlineImages.Problem.self) { try images.address(of: "/dev/zero") }
    #expect(images.parts.isEmpty)
  }

  @Test func sizesAreRead() {
    #expect(ImageSize(Self.pixel[...]).map { [$0.width, $0.height] } == [3, 2])
    #expect(ImageSize(Array("GIF89a".utf8)[...] + [5, 1, 7, 0]).map { [$0.width, $0.height] } == [261, 7])
    let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xFF, 0xC2, 0, 11, 8, 1, 0, 2, 0, 3, 0, 0]
    #expect(ImageSize(jpeg[...]).map { [$0.width, $0.height] } == [512, 256])
    for end in jpeg.indices { _ = ImageSize(jpeg[..<end]) }
    #expect(ImageSize([]) == nil)
  }

  @Test func largeImagesAreNamed() {
    #expect(imageAdvice(Self.pixel, name: "a.png") == nil)
    var wide = Self.pixel
    wide[18] = 0x10
    #expect(imageAdvice(wide, name: "a.png")?.contains("4099 × 2 pixels") == true)
    #expect(imageAdvice([UInt8](repeating: 0, count: 2 << 20), name: "a.bin") != nil)
  }
}
