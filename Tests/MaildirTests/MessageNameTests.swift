import Testing

@testable import Maildir

@Suite struct MessageNameTests {
  @Test func theKeyEndsAtTheFirstCommaOrColon() {
    #expect(MessageName("1.M2P3.host,S=10,W=12:2,FS").key == "1.M2P3.host")
    #expect(MessageName("1.M2P3.host:2,S").key == "1.M2P3.host")
    #expect(MessageName("1.M2P3.host").key == "1.M2P3.host")
    #expect(MessageName("").key == "")
  }

  @Test func sizesAreClaimsOfTheName() {
    let name = MessageName("1.a,S=10,W=12:2,")
    #expect(name.size == 10)
    #expect(name.wireSize == 12)
    #expect(MessageName("1.a,W=12,S=10").size == 10)
    #expect(MessageName("1.a,S=,W=x1:2,").size == nil)
    #expect(MessageName("1.a,S=99999999999999999999999:2,").size == nil)
    #expect(MessageName("1.a:2,S=5").size == nil)
  }

  @Test func flagsAreReadAndWrittenInOrder() {
    var name = MessageName("1.a:2,TS")
    #expect(name.flags == [.trashed, .seen])
    name.flags = [.seen, .answered, .flagged, .draft, .forwarded, .trashed]
    #expect(name.fileName == "1.a:2,DFPRST")
    name.flags = []
    #expect(name.fileName == "1.a:2,")
  }

  @Test func unknownLettersAreKept() {
    var name = MessageName("1.a,S=3:2,aSz")
    #expect(name.otherLetters == "az")
    name.flags.insert(.draft)
    #expect(name.fileName == "1.a,S=3:2,DSaz")
  }

  @Test func anotherKindOfInfoCarriesNoFlags() {
    #expect(MessageName("1.a:1,S").flags.isEmpty)
    #expect(MessageName("1.a:").flags.isEmpty)
    #expect(MessageName("1.a:2").fileName == "1.a:2,")
  }

  @Test func aForeignUIDIsDroppedAndNothingElse() {
    #expect(MessageName("1.a,U=7,S=3:2,FSa").withoutForeignUID.fileName == "1.a,S=3:2,FSa")
    #expect(MessageName("1.a,S=3,U=7").withoutForeignUID.base == "1.a,S=3")
    #expect(MessageName("1.a:2,S").withoutForeignUID.fileName == "1.a:2,S")
  }

  @Test func aCopyGetsAnotherKeyAndKeepsTheRest() {
    let name = MessageName("1.a,S=3,W=4:2,RSb").withKey("2.b")
    #expect(name.fileName == "2.b,S=3,W=4:2,RSb")
    #expect(name.key == "2.b")
  }

  @Test func namesOfOursSayBothSizes() {
    let name = MessageName(key: "1.a", size: 10, wireSize: 12, flags: .seen)
    #expect(name.fileName == "1.a,S=10,W=12:2,S")
    #expect(name.newFileName == "1.a,S=10,W=12:2,S")
    #expect(MessageName(key: "1.a", size: 10, wireSize: 12).newFileName == "1.a,S=10,W=12")
    #expect(MessageName(name.fileName) == name)
  }

  @Test func everyPrefixOfANameCanBeRead() {
    let name = "1700000000.M123456P42Q1.host,S=10,W=12,U=3:2,DFPRSTab"
    for length in 0...name.utf8.count { _ = MessageName(String(name.prefix(length))).fileName }
    for seed in 0..<1000 {
      var bytes = Array(name.utf8)
      bytes[seed % bytes.count] = UInt8(truncatingIfNeeded: seed &* 37)
      _ = MessageName(String(decoding: bytes, as: UTF8.self)).fileName
    }
  }

  @Test func keysNeverRepeatAndNameTheHostSafely() {
    let keys = Set((0..<10_000).map { _ in uniqueKey() })
    #expect(keys.count == 10_000)
    let key = uniqueKey(at: 1_700_000_000_123_456_789, host: "a/b:c,d e")
    #expect(key.hasPrefix("1700000000.M123456P"))
    #expect(key.hasSuffix(".a\\057b\\072c\\054de"))
  }
}
