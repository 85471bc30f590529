import MailCommand
import Testing

@Suite struct ByteCountTests {
  @Test func sizesAreRead() {
    for (text, bytes) in [
      ("0", 0), ("500000", 500_000), ("20M", 20_000_000), ("20 MB", 20_000_000), ("2g", 2_000_000_000),
      ("1 KiB", 1_024),
    ] {
      #expect(ByteCount(argument: text)?.bytes == bytes, "\(text)")
    }
  }

  @Test func whatIsNoSizeIsNone() {
    for text in ["", "M", "-1", "+1", "1.5M", "20X", "99999999999999G"] {
      #expect(ByteCount(argument: text) == nil, "\(text)")
    }
  }
}
