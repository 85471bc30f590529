import MailSystem
import Testing

@Test(arguments: [
  ("/a/b", "/a"), ("/a/b/", "/a"), ("/a", "/"), ("/", "/"), ("a", "."), ("a/b", "a"), ("a//b", "a"), ("//a", "/"),
])
func aParentIsThePathWithoutItsLastPart(path: String, parent: String) {
  #expect(parentDirectory(of: path) == parent)
}

@Test(arguments: [("/a/b", "b"), ("/a/b/", "b"), ("b", "b"), ("/é/ü", "ü")])
func theLastPartIsTheName(path: String, name: String) {
  #expect(lastComponent(of: path) == name)
}

@Test(arguments: [
  ("/a/./b//c", "/a/b/c"), ("/a/../b", "/b"), ("/../..", "/"), ("/", "/"), ("/a/b/..", "/a"),
])
func anAbsolutePathHasNoDotsAndDoubledSlashes(path: String, expected: String) {
  #expect(absolutePath(path) == expected)
}

@Test func aRelativePathStartsAtTheCurrentDirectory() {
  #expect(absolutePath("x/../y") == absolutePath(currentDirectory()) + "/y")
}

@Test func theTildeIsTheHomeDirectoryOnlyAtTheStart() {
  #expect(expandTilde("~/Mail", home: "/home/ada") == "/home/ada/Mail")
  #expect(expandTilde("~", home: "/home/ada") == "/home/ada")
  #expect(expandTilde("/a/~/b", home: "/home/ada") == "/a/~/b")
  #expect(expandTilde("~ada/Mail", home: "/home/ada") == "~ada/Mail")
  #expect(expandTilde("~/Mail", home: nil) == "~/Mail")
}
