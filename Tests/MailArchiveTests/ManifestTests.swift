import MailStore
import Testing

@testable import MailArchive

@Suite struct ManifestTests {
  private func sample() -> Manifest {
    var manifest = Manifest()
    manifest.colours = ["tax": "red", "été": "blue"]
    var first = Manifest.Message(file: "Work/2024-03-15 Invoice 3f9a2c.eml", folder: "Work")
    first.flags = [.seen, .flagged, .answered, .draft, .forwarded, .trashed]
    first.tags = ["tax", "2024"]
    first.comment = "paid \"twice\"\nask \\ tab\there \u{1F600}\u{0}\u{7F}"
    first.received = 1_710_489_600
    first.key = "1710489600.M1P2Q3.host"
    var second = Manifest.Message(file: "Trash/x.eml", folder: "Gelöscht/Übrig")
    second.role = .trash
    second.flags = .recent
    second.received = -1
    manifest.messages = [first, second]
    return manifest
  }

  @Test func whatIsWrittenIsReadBack() throws {
    let manifest = sample()
    #expect(try Manifest.decode(manifest.encode()) == manifest)
    #expect(try Manifest.decode(Manifest().encode()) == Manifest())
  }

  @Test func theFormIsTheDocumentedOne() {
    let lines = String(decoding: sample().encode(), as: UTF8.self).split(separator: "\n")
    #expect(lines[0] == #"{"postbag":1,"messages":2,"tags":{"tax":"red","été":"blue"}}"#)
    #expect(
      lines[1]
        == #"{"file":"Work/2024-03-15 Invoice 3f9a2c.eml","folder":"Work","flags":"DFPRST","tags":["tax","2024"],"#
        + #""comment":"paid \"twice\"\nask \\ tab\u0009here 😀\u0000\u007f","received":1710489600,"#
        + #""key":"1710489600.M1P2Q3.host"}"#)
    #expect(
      lines[2]
        == #"{"file":"Trash/x.eml","folder":"Gelöscht/Übrig","role":"trash","flags":"","new":true,"received":-1}"#)
  }

  @Test func unknownMembersAndFlagsAreIgnored() throws {
    let text = """
      {"postbag":1,"later":{"a":[1,2.5,null,true,{}]}}\r
      { "file" : "a.eml", "folder" : "A", "flags":"SZ", "colour": [[]], "role":"snoozed", "comment":"\\ud83d\\ude00\\u00e4\\/" }
      """
    let manifest = try Manifest.decode(Array(text.utf8))
    #expect(manifest.messages[0].flags == .seen)
    #expect(manifest.messages[0].comment == "😀ä/")
    #expect(manifest.messages[0].role == nil)
  }

  @Test(arguments: [
    ("", 1), ("[]", 1), ("{\"postbag\":0}", 1), ("{\"postbag\":1}\n{\"file\":\"a\"}", 2), ("{\"postbag\":1}\n\n", 2),
    ("{\"postbag\":1}\n{\"folder\":\"a\"}", 2), ("{\"postbag\":1} x", 1), ("{\"postbag\":1,}", 1),
    ("{\"postbag\":1}\n{\"file\":\"\\ud800\",\"folder\":\"a\"}", 2), ("{\"postbag\":99999999999999999999}", 1),
    ("{\"postbag\":1,\"x\":" + String(repeating: "[", count: 100_000), 1),
  ])
  func aWrongManifestSaysWhichLine(text: String, line: Int) {
    do {
      _ = try Manifest.decode(Array(text.utf8))
      Issue.record("accepted: \(text.prefix(80))")
    } catch {
      guard case .malformed(line, _) = error else {
        Issue.record("\(error)")
        return
      }
    }
  }

  @Test func aNewerManifestIsRefused() {
    #expect(throws: ManifestError.tooNew(2)) { try Manifest.decode(Array("{\"postbag\":2}\n".utf8)) }
  }

  @Test func noDamageTraps() {
    let good = sample().encode()
    var generator = SeededNumbers(seed: 7)
    for length in 0...good.count { _ = try? Manifest.decode(Array(good[..<length])) }
    for _ in 0..<2_000 {
      var bytes = good
      for _ in 0..<3 { bytes[generator.next(below: bytes.count)] = UInt8(generator.next(below: 256)) }
      _ = try? Manifest.decode(bytes)
    }
  }
}

/// The same numbers for the same seed.
struct SeededNumbers {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next(below limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % limit
  }
}
