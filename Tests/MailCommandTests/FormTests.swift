import Glibc
import Testing

@testable import MailCommand

func text(_ append: (inout ByteBuffer) -> Void) -> String {
  var buffer = ByteBuffer(capacity: 8)
  append(&buffer)
  return unsafe String(decoding: buffer.bytes, as: UTF8.self)
}

@Suite struct NumberTests {
  @Test(arguments: [0, 7, 10, 99, 100, 12_345, -1, -10, .max, .min] as [Int64])
  func `Decimal numbers are as Swift prints them`(number: Int64) {
    #expect(text { $0.append(decimal: number) } == String(number))
  }

  @Test func `Decimal numbers are filled from the left`() {
    #expect(text { $0.append(decimal: 42, width: 5) } == "   42")
    #expect(text { $0.append(decimal: 7, width: 2, fill: UInt8(ascii: "0")) } == "07")
    #expect(text { $0.append(decimal: 123_456, width: 3) } == "123456")
  }

  @Test(
    arguments: [
      (0, "    0"), (999, "  999"), (1000, " 1.0K"), (1024, " 1.0K"), (4300, " 4.2K"), (10_239, "  10K"),
      (27 << 20, "  27M"), (1_047_000, " 1.0M"), (3 << 30, " 3.0G"), (5 << 40, " 5.0T"), (-5, "    0"),
    ] as [(Int64, String)])
  func `Sizes take five columns`(size: Int64, expected: String) {
    #expect(text { $0.append(size: size) } == expected)
  }

  @Test func `No size is wider than five columns, up to petabytes`() {
    var size: Int64 = 1
    while size < 1 << 53 {
      #expect(text { $0.append(size: size) }.utf8.count == 5, "\(size)")
      size = size * 9 / 8 + 1
    }
  }

  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"), (1_709_251_199, "2024-02-29T23:59:59Z"),
      (-1, "1969-12-31T23:59:59Z"), (253_402_300_800, "10000-01-01T00:00:00Z"),
      (-62_135_596_800, "0001-01-01T00:00:00Z"),
    ] as [(Int64, String)])
  func `Timestamps are those of RFC 3339`(seconds: Int64, expected: String) {
    #expect(text { $0.append(timestamp: seconds) } == expected)
  }

  @Test(arguments: [Int64.min, .max, 1 << 60, 99_999 * 31_556_952])
  func `No moment is too far away`(seconds: Int64) {
    var time = LocalTime()
    _ = time.parts(of: seconds)
    _ = time.day(of: seconds)
    #expect(!text { $0.append(timestamp: seconds) }.isEmpty)
  }

  @Test(arguments: ["Europe/Zurich", "America/St_Johns", "Asia/Kathmandu", "Africa/Casablanca", "UTC"])
  func `Local times are the system's, on both sides of every change of the clock`(zone: String) {
    // One process has one zone: what counts is that the cache agrees with the system in whichever it is.
    var time = LocalTime()
    var seconds: Int64 = 1_500_000_000
    while seconds < 1_760_000_000 {
      var moment = time_t(seconds)
      var expected = unsafe tm()
      _ = unsafe localtime_r(&moment, &expected)
      let parts = time.parts(of: seconds)
      let agrees =
        unsafe parts.day == Int(expected.tm_mday) && parts.hour == Int(expected.tm_hour)
        && parts.minute == Int(expected.tm_min) && parts.month == Int(expected.tm_mon) + 1
      #expect(agrees)
      seconds += 50_021
    }
  }
}

@Suite struct JSONTests {
  @Test(arguments: [
    ("plain", "\"plain\""), ("a\"b\\c", "\"a\\\"b\\\\c\""), ("l\ni\tn\re", "\"l i ne\""), ("é日👍", "\"é日👍\""),
    ("\u{0}\u{1B}[2J", "\"[2J\""), ("\u{7F}\u{9B}", "\"\""), ("\u{202E}x", "\"x\""),
    ("\u{E0041}", "\"\""), ("", "\"\""),
  ])
  func `Strings are cleaned and escaped`(value: String, expected: String) {
    #expect(text { $0.append(json: value) } == expected)
  }

  @Test func `A path is escaped but never changed`() {
    let line = text { buffer in
      var object = JSONObject(in: &buffer)
      object.add("path", path: "/a\u{1B}\u{202E}\u{E0041}\n", in: &buffer)
      object.add("text", lines: "a\u{1B}\n\u{202E}b", in: &buffer)
      object.end(in: &buffer)
    }
    #expect(line == "{\"path\":\"/a\\u001b\\u202e\\udb40\\udc41\\n\",\"text\":\"a\\nb\"}\n")
  }

  @Test func `An object has its members in order`() {
    let line = text { buffer in
      var object = JSONObject(in: &buffer)
      object.add("a", 1, in: &buffer)
      object.add("b", "x", in: &buffer)
      object.add("c", ["y", "z"], in: &buffer)
      object.addNull("d", in: &buffer)
      object.add("e", true, in: &buffer)
      object.add("f", nonEmpty: "", in: &buffer)
      object.end(in: &buffer)
    }
    #expect(line == "{\"a\":1,\"b\":\"x\",\"c\":[\"y\",\"z\"],\"d\":null,\"e\":true}\n")
  }

  @Test func `An empty object is one`() {
    #expect(text { buffer in JSONObject(in: &buffer).end(in: &buffer) } == "{}\n")
  }
}
