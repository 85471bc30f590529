import MailBytes
import Testing

@Suite struct HashTests {
  /// The first and last values of the reference vectors: key 00–0f, messages 00, 00 01, …
  @Test func sipHashMatchesItsReference() {
    let hash = KeyedHash(key0: 0x0706_0504_0302_0100, key1: 0x0f0e_0d0c_0b0a_0908)
    let expected: [(Int, UInt64)] = [
      (0, 0x726f_db47_dd0e_0e31), (1, 0x74f8_39c5_93dc_67fd), (2, 0x0d6c_8009_d9a9_4f5a), (7, 0xab02_00f5_8b01_d137),
      (8, 0x93f5_f579_9a93_2462), (15, 0xa129_ca61_49be_45e5), (63, 0x958a_324c_eb06_4572),
    ]
    for (count, value) in expected {
      let bytes = (0..<count).map { UInt8($0) }
      #expect(hash.hash(bytes.span) == value)
    }
  }

  @Test func theFastHashTellsNamesApart() {
    var seen = Set<UInt64>()
    for number in 0..<100_000 {
      let name = Array("\(1_700_000_000 + number).M\(number)P1.host:2,S".utf8)
      seen.insert(fastHash(name.span))
    }
    #expect(seen.count == 100_000)
    #expect(fastHash([0].span) != fastHash([0, 0].span))
  }
}

@Suite struct CJKTests {
  @Test(arguments: ["", "plain text", "naïve café", "日", "a日b", "日本 語", "ﾃｽﾄ", "🏳️‍🌈 flag"])
  func textIsKept(_ text: String) {
    let kept = Set(text.unicodeScalars.filter { $0 != " " })
    #expect(kept.isSubset(of: Set(cjkBigrams(text).unicodeScalars)))
  }

  @Test func runsBecomeOverlappingPairs() {
    #expect(cjkBigrams("東京").contains("東京"))
    let words = Set(cjkBigrams("私は東京都に住む").split(separator: " "))
    #expect(words.isSuperset(of: ["東京", "京都", "都に"]))
    #expect(cjkBigrams("abc東京def").split(separator: " ").contains("abc"))
  }

  @Test func everyPrefixOfDamagedTextIsSafe() {
    let text = Array("x東京都é🏳️ 한국어".utf8)
    for count in 0...text.count {
      var output: [UInt8] = []
      appendCJKBigrams(of: text.span.extracting(0..<count), to: &output)
      #expect(output.count <= text.count * 4)
    }
  }
}
