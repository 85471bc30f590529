import MailStore
import Testing

@Suite struct TagNameTests {
  @Test func `A name that is an atom is its own keyword`() {
    for name in ["work", "Work/2024", "$label1", "a=b", "==", "to-do", "x+y", "50.1", "[ok", "a&b~}", "_"] {
      #expect(TagName.keyword(of: name) == name)
      #expect(TagName.name(ofKeyword: name) == name)
    }
  }

  @Test func `Other bytes are written in hexadecimal`() {
    #expect(TagName.keyword(of: "to do") == "to=20do")
    #expect(TagName.keyword(of: "été") == "=C3=A9t=C3=A9")
    #expect(TagName.keyword(of: "50% (net)") == "50=25=20=28net=29")
    #expect(TagName.keyword(of: "a=20b") == "a=3D20b")
    #expect(TagName.keyword(of: "a=é") == "a==C3=A9")
    #expect(TagName.name(ofKeyword: "to=20DO") == "to DO")
    #expect(TagName.name(ofKeyword: "=c3=a9t=c3=a9") == "été")
  }

  @Test func `A tag is never taken for a mark of IMAP's, nor a mark for a tag`() {
    for word in [
      "$Forwarded", "$FORWARDED", "$Junk", "junk", "NonJunk", "$NotJunk", "$MDNSent", "\\Seen", "\\Foo", "$Phishing",
    ] {
      #expect(TagName.name(ofKeyword: word) == nil, "\(word)")
    }
    #expect(TagName.keyword(of: "Junk") == "=4Aunk")
    #expect(TagName.name(ofKeyword: "=4aunk") == "Junk")
    #expect(TagName.problem(with: "$junk") != nil)
    #expect(TagName.problem(with: "\\Seen") != nil)
    #expect(TagName.problem(with: "$label1") == nil)
  }

  @Test func `What is no keyword is no tag`() {
    for word in ["", "a b", "a(b", "é", "a\"b", "a\u{7F}", "*", "+x", "-x"] {
      #expect(TagName.name(ofKeyword: word) == nil, "\(word)")
    }
  }

  @Test func `What only looks like one of ours is taken as it stands`() {
    #expect(TagName.name(ofKeyword: "a=FFb") == "a=FFb")
    #expect(TagName.name(ofKeyword: "a=00") == "a=00")
    #expect(TagName.name(ofKeyword: "a=4") == "a=4")
  }

  @Test func `Names that can't be are refused`() {
    let bad = [
      "", "+x", "-x", " x", "x ", "a\u{7}b", "a\nb", "a\u{202E}b", "\u{FFFD}", "*", String(repeating: "x", count: 201),
    ]
    for name in bad { #expect(TagName.problem(with: name) != nil, "\(name)") }
    for name in ["x", "a b", "Ä", "日本", "a*", "a/b", "a,b", String(repeating: "x", count: 200)] {
      #expect(TagName.problem(with: name) == nil, "\(name)")
    }
  }

  @Test func `Every name has a keyword of its own, and comes back from it`() {
    var random = SplitMix(state: 42)
    let pieces = [
      "=", "4", "A", "c3", "é", "日", " ", "(", "%", "Junk", "$", "\\", "b", "\"", "]", "}", "a", "=20", "🎉", "ß", "{",
    ]
    var keywords: [String: String] = [:]
    for _ in 0..<20_000 {
      var name = ""
      for _ in 0...random.next() % 6 { name += pieces[Int(random.next() % UInt64(pieces.count))] }
      if TagName.problem(with: name) != nil { continue }
      let keyword = TagName.keyword(of: name)
      #expect(keyword.utf8.allSatisfy { 0x21...0x7E ~= $0 && !"(){%*\"\\]".utf8.filter { $0 != 0x7D }.contains($0) })
      #expect(TagName.name(ofKeyword: keyword) == name)
      #expect(
        TagName.name(ofKeyword: keyword.uppercased())?.lowercased() == name.uppercased().lowercased()
          || !name.utf8.allSatisfy { $0 < 0x80 })
      // Clients compare keywords without regard to case.
      let folded = keyword.lowercased()
      if let other = keywords[folded] { #expect(other.lowercased() == name.lowercased(), "\(other) and \(name)") }
      keywords[folded] = name
    }
    #expect(keywords.count > 5000)
  }
}

/// Numbers that are the same in each run.
private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
