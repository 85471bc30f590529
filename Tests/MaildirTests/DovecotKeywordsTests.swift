import MailSystem
import Maildir
import Testing

@Suite struct DovecotKeywordsTests {
  @Test func `Letters are the words of dovecot-keywords`() {
    let keywords = DovecotKeywords(parsing: Array("0 $Forwarded\n1 Work\n25 last\n".utf8))
    #expect(keywords.keywords(ofFile: "1.x:2,Sba") == ["Work", "$Forwarded"])
    #expect(keywords.keywords(ofFile: "1.x,S=12:2,RSz") == ["last"])
    #expect(keywords.keywords(ofFile: "1.x:2,FSc") == [])
    #expect(keywords.keywords(ofFile: "1.x") == [])
  }

  @Test func `Lines that are none are passed over`() {
    let text = "\n0 one\r\n0 two\nx three\n1\n2 \n26 beyond\n-1 below\n999999999999999999999 much\n3  four\n"
    let keywords = DovecotKeywords(parsing: Array(text.utf8) + [0x34, 0x20, 0xFF, 0x0A])
    #expect(keywords.words == [97: "one", 100: " four"])
  }

  @Test func `No file means no keywords`() throws {
    #expect(try DovecotKeywords(folder: "/nonexistent").isEmpty)
  }

  @Test func `The file lies in the folder`() throws {
    let directory = "\(environment("TMPDIR") ?? "/tmp")/postbag-keywords-\(UInt64.random(in: 0 ... .max))"
    try createDirectories(directory)
    try replaceFile("\(directory)/dovecot-keywords", with: Array("1 Work".utf8))
    #expect(try DovecotKeywords(folder: directory).words == [98: "Work"])
    try removeFile("\(directory)/dovecot-keywords")
    try removeDirectory(directory)
  }
}
