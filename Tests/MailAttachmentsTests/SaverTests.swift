import Glibc
import MailAttachments
import MailSystem
import Testing

@Suite struct SaverTests {
  let folder = TemporaryFolder()

  private func content(_ name: String) throws -> String {
    String(decoding: try readFile("\(folder.path)/\(name)"), as: UTF8.self)
  }

  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test func nothingThatIsThereIsTouched() throws {
    var saver = try Saver(folder.path)
    #expect(try saver.save(bytes("one"), as: "a.txt") == "\(folder.path)/a.txt")
    #expect(try saver.save(bytes("two"), as: "a.txt") == "\(folder.path)/a-2.txt")
    var other = try Saver(folder.path + "/")
    #expect(try other.save(bytes("three"), as: "a.txt") == "\(folder.path)/a-3.txt")
    #expect(try content("a.txt") == "one")
    #expect(try content("a-2.txt") == "two")
    #expect(try directoryEntries(folder.path).sorted() == ["a-2.txt", "a-3.txt", "a.txt"])
  }

  @Test func aLongNameStaysShortEnoughWithItsNumber() throws {
    var saver = try Saver(folder.path)
    let name = String(repeating: "a", count: 400) + ".pdf"
    let paths = try (1...3).map { _ in try saver.save([], as: name) }
    #expect(Set(paths).count == 3)
    #expect(paths.allSatisfy { lastComponent(of: $0).utf8.count <= 255 && $0.hasSuffix(".pdf") })
  }

  @Test func aFileIsReplacedWhenThatIsAskedFor() throws {
    var options = Saver.Options()
    options.overwrites = true
    var saver = try Saver(folder.path, options: options)
    _ = try saver.save(bytes("one"), as: "a.txt")
    _ = try saver.save(bytes("two"), as: "a.txt")
    #expect(try content("a.txt") == "two")
    try createDirectory("\(folder.path)/d")
    #expect(throws: SaveError.self) { try saver.save(bytes("x"), as: "d") }
    #expect(try directoryEntries(folder.path).sorted() == ["a.txt", "d"])
  }

  @Test func aLinkIsNotFollowed() throws {
    try #require(unsafe symlink("\(folder.path)/target", "\(folder.path)/link") == 0)
    var saver = try Saver(folder.path)
    #expect(try saver.save(bytes("x"), as: "link") == "\(folder.path)/link-2")
    var options = Saver.Options()
    options.overwrites = true
    var other = try Saver(folder.path, options: options)
    _ = try other.save(bytes("y"), as: "link")
    #expect(try fileStatus("\(folder.path)/link", followLinks: false).isRegular)
    #expect(throws: SystemError.self) { try fileStatus("\(folder.path)/target") }
  }

  @Test func namesAreMadeSafeHereToo() throws {
    var saver = try Saver(folder.path)
    #expect(try saver.save([], as: "../../x") == "\(folder.path)/x")
    #expect(try saver.save([], as: "..") == "\(folder.path)/part")
    #expect(try saver.save([], as: ".profile") == "\(folder.path)/profile")
  }

  @Test func whatIsSavedDurablyIsReadBack() throws {
    var options = Saver.Options()
    options.isDurable = true
    var saver = try Saver(folder.path, options: options)
    _ = try saver.save(bytes("one"), as: "a.txt")
    #expect(try content("a.txt") == "one")
  }

  @Test func aDirectoryThatIsNotThereIsSaid() throws {
    let error = #expect(throws: SaveError.self) { _ = try Saver("\(folder.path)/none") }
    #expect(error == .noSuchDirectory("\(folder.path)/none"))
    let file = try File("\(folder.path)/file", [.write, .create])
    try file.close()
    let other = #expect(throws: SaveError.self) { _ = try Saver("\(folder.path)/file") }
    #expect(other == .noSuchDirectory("\(folder.path)/file"))
  }
}
