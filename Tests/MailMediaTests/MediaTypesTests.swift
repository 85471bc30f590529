import Glibc
import MailMedia
import Testing

/// A folder that goes with the test.
final class TestFolder {
  let path: String

  init() {
    var name = Array("/tmp/postbag-media.XXXXXX".utf8CString)
    path = unsafe name.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress, let made = unsafe mkdtemp(base) else { return "/nonexistent" }
      return unsafe String(cString: made)
    }
  }

  func write(_ name: String, _ bytes: [UInt8]) -> String {
    let full = "\(path)/\(name)"
    if let slash = full.lastIndex(of: "/") { _ = unsafe mkdir(String(full[..<slash]), 0o700) }
    guard let file = unsafe fopen(full, "w") else { return full }
    _ = unsafe fwrite(bytes, 1, bytes.count, file)
    _ = unsafe fclose(file)
    return full
  }

  deinit {
    for pattern in ["/*/*", "/*"] {
      var result = unsafe glob_t()
      _ = unsafe glob(path + pattern, 0, nil, &result)
      for index in 0..<Int(unsafe result.gl_pathc) {
        guard let match = unsafe result.gl_pathv[index] else { continue }
        _ = unsafe remove(match)
      }
      unsafe globfree(&result)
    }
    _ = unsafe rmdir(path)
  }
}

@Suite struct MediaTypesTests {
  static let none = MediaTypes.Places(userTypes: [], databases: [], systemTypes: [])

  private func type(_ name: String, _ head: [UInt8] = [], in places: MediaTypes.Places = none) -> String {
    MediaTypes(places).type(ofName: name, head: head[...])
  }

  @Test func withoutTablesTheUsualTypesAreKnown() {
    #expect(type("plan.pdf") == "application/pdf")
    #expect(type("PHOTO.JPG") == "image/jpeg")
    #expect(type("dir.d/card.vcf") == "text/vcard")
    #expect(type("archive.tar.gz") == "application/gzip")
    #expect(type("noname", Array("%PDF-1.7\n".utf8)) == "application/pdf")
    #expect(type("noname", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0]) == "image/png")
  }

  @Test func whatNothingIsKnownOfIsTextOrOctets() {
    #expect(type("x", Array("Größe\r\n\ttext\n".utf8)) == "text/plain")
    #expect(type("x", Array("Größ".utf8) + [0xC3]) == "text/plain")
    #expect(type("x", [0x66, 0xFF, 0x66]) == "application/octet-stream")
    #expect(type("x", [0x66, 0x00]) == "application/octet-stream")
    #expect(type("x") == "application/octet-stream")
  }

  @Test func theUsersTableComesFirst() {
    let folder = TestFolder()
    let own = folder.write("own", Array("# mine\napplication/x-own pdf  PLAN\ntext/x-other\n".utf8))
    let system = folder.write("system", Array("application/x-system\tpdf odd tar.gz\n".utf8))
    let places = MediaTypes.Places(userTypes: [own], databases: [], systemTypes: [system])
    #expect(type("a.pdf", in: places) == "application/x-own")
    #expect(type("a.plan", in: places) == "application/x-own")
    #expect(type("a.odd", in: places) == "application/x-system")
    #expect(type("a.tar.gz", in: places) == "application/x-system")
    #expect(type(".odd", in: places) == "application/octet-stream")
  }

  @Test func patternsOfGreaterWeightAndLengthWin() {
    let folder = TestFolder()
    let globs = """
      # comment
      50:application/gzip:*.gz
      50:application/x-tar-gz:*.tar.gz
      60:application/x-heavy:*.dat
      50:application/x-light:*.dat
      50:text/x-readme:readme*
      50:text/x-c++:*.C:cs
      50:text/x-c:*.c:cs
      50:application/x-so:*.so.[0-9]*
      50:application/x-video:[0-9][0-9][0-9].vdr
      """
    _ = folder.write("globs2", Array(globs.utf8))
    let places = MediaTypes.Places(userTypes: [], databases: [folder.path], systemTypes: [])
    #expect(type("a.gz", in: places) == "application/gzip")
    #expect(type("a.TAR.gz", in: places) == "application/x-tar-gz")
    #expect(type("a.dat", in: places) == "application/x-heavy")
    #expect(type("README.now", in: places) == "text/x-readme")
    #expect(type("a.C", in: places) == "text/x-c++")
    #expect(type("a.c", in: places) == "text/x-c")
    #expect(type("lib.so.6", in: places) == "application/x-so")
    #expect(type("001.vdr", in: places) == "application/x-video")
    #expect(type("lib.so.x", in: places) == "application/octet-stream")
  }

  @Test func aPatternCanBeWithdrawn() {
    let folder = TestFolder()
    _ = folder.write("own/globs2", Array("50:application/pdf:__NOGLOBS__\n50:application/pdf:*.plan\n".utf8))
    _ = folder.write("all/globs2", Array("50:application/pdf:*.pdf\n".utf8))
    let places = MediaTypes.Places(
      userTypes: [], databases: [folder.path + "/own", folder.path + "/all"], systemTypes: [])
    #expect(type("a.plan", in: places) == "application/pdf")
    #expect(
      type("a.pdf", [0], in: MediaTypes.Places(userTypes: [], databases: places.databases, systemTypes: []))
        == "application/pdf")
  }

  private func rule(_ text: String, _ value: [UInt8], _ rest: [UInt8] = []) -> [UInt8] {
    Array(text.utf8) + [UInt8(value.count >> 8), UInt8(value.count & 255)] + value + rest + [0x0A]
  }

  @Test func contentsDecideWhereNamesDoNot() {
    let folder = TestFolder()
    var magic = Array("MIME-Magic\0\n[80:application/x-one]\n".utf8)
    magic += rule(">0=", Array("ONE".utf8))
    magic += rule("1>4=", Array("two".utf8)) + rule("1>4=", Array("TWO".utf8))
    magic += Array("[60:application/x-far]\n".utf8) + rule(">2=", Array("far".utf8), Array("+10".utf8))
    magic += Array("[50:application/x-mask]\n".utf8)
    magic += rule(">0=", [0x40, 0x00], [0x26, 0xF0, 0x00])
    magic += Array("[40:application/x-word]\n".utf8) + rule(">0=", [0xCA, 0xFE], Array("~2".utf8))
    _ = folder.write("magic", magic)
    _ = folder.write("globs2", Array("50:application/x-far:*.amb\n50:application/x-one:*.amb\n".utf8))
    let places = MediaTypes.Places(userTypes: [], databases: [folder.path], systemTypes: [])
    #expect(type("x", Array("ONE TWO".utf8), in: places) == "application/x-one")
    #expect(type("x", Array("one six".utf8), in: places) == "text/plain")
    #expect(type("x", Array("so far away".utf8), in: places) == "application/x-far")
    #expect(type("x", [0x4F, 0x99], in: places) == "application/x-mask")
    #expect(type("x", [0xFE, 0xCA], in: places) == "application/x-word")
    #expect(type("a.amb", Array("ONE two".utf8), in: places) == "application/x-one")
    #expect(type("a.amb", Array("nothing".utf8), in: places) == "application/x-far")
  }

  @Test func damagedTablesDoNoHarm() {
    let folder = TestFolder()
    var magic = Array("MIME-Magic\0\n[80:application/x-one]\n".utf8) + rule(">0=", Array("ONE".utf8))
    magic += Array("[60:application/x-far]\n".utf8) + rule("2>2=", Array("far".utf8), Array("+99999999999".utf8))
    let places = MediaTypes.Places(userTypes: [], databases: [folder.path], systemTypes: [])
    for end in magic.indices {
      _ = folder.write("magic", Array(magic[..<end]))
      _ = type("x", Array("far ONE far".utf8), in: places)
      var changed = magic
      changed[end] ^= 0x5A
      _ = folder.write("magic", changed)
      _ = type("x", Array("ONE far".utf8), in: places)
    }
    _ = folder.write("globs2", Array(":\n::\n50:x\n50:a/b:\n50:a/b:*.[\n50:a/b:*.[a\n50:a/b:*[]x\n".utf8))
    #expect(type("name.[a", Array("text".utf8), in: places) == "a/b")
  }

  @Test func theSystemsTablesAreRead() {
    guard unsafe access("/usr/share/mime/globs2", R_OK) == 0 else { return }
    let types = MediaTypes(MediaTypes.Places(userTypes: [], databases: ["/usr/share/mime"], systemTypes: []))
    #expect(types.type(ofName: "a.pdf", head: []) == "application/pdf")
    #expect(types.type(ofName: "a.png", head: []) == "image/png")
    #expect(types.type(ofName: "a.html", head: []) == "text/html")
    #expect(types.type(ofName: "x", head: Array("%PDF-1.4\n".utf8)[...]) == "application/pdf")
    #expect(types.type(ofName: "x", head: Array("#!/bin/sh\n".utf8)[...]) == "application/x-shellscript")
  }
}
