internal import Glibc

/// Makes the directory `path`.
public func createDirectory(
  _ path: String, at directory: Int32? = nil, permissions: UInt32 = 0o700
) throws(SystemError) {
  _ = try retrying32("mkdir", path: path) { unsafe mkdirat(directory ?? AT_FDCWD, path, mode_t(permissions)) }
}

/// Makes the directory `path` and those above it that are missing; one that exists is no error. Returns when they are on
/// the disk.
public func createDirectories(_ path: String, permissions: UInt32 = 0o700) throws(SystemError) {
  if isDirectory(path) { return }
  let parent = parentDirectory(of: path)
  if parent != path { try createDirectories(parent, permissions: permissions) }
  do throws(SystemError) {
    try createDirectory(path, permissions: permissions)
    try synchroniseDirectory(parent)
  } catch {
    guard error.isExisting, isDirectory(path) else { throw error }
  }
}

/// The directory that `path` lies in; "." for a bare name.
public func parentDirectory(of path: String) -> String {
  var rest = path[...]
  while rest.utf8.count > 1, rest.utf8.last == UInt8(ascii: "/") { rest = rest.dropLast() }
  guard let slash = rest.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
  rest = rest[..<slash]
  while rest.utf8.count > 1, rest.utf8.last == UInt8(ascii: "/") { rest = rest.dropLast() }
  return rest.isEmpty ? "/" : String(rest)
}

/// The last component of `path`.
public func lastComponent(of path: String) -> String {
  var rest = path[...]
  while rest.utf8.count > 1, rest.utf8.last == UInt8(ascii: "/") { rest = rest.dropLast() }
  guard let slash = rest.utf8.lastIndex(of: UInt8(ascii: "/")) else { return String(rest) }
  return String(rest[rest.utf8.index(after: slash)...])
}

/// `path`, absolute, without `.`, `..` and doubled slashes; symbolic links stay.
public func absolutePath(_ path: String) -> String {
  var components: [Substring] = []
  let full = path.utf8.first == UInt8(ascii: "/") ? path : "\(currentDirectory())/\(path)"
  for component in full.split(separator: "/") where component != "." {
    if component == ".." { _ = components.popLast() } else { components.append(component) }
  }
  return "/" + components.joined(separator: "/")
}

/// `path` with all symbolic links followed.
public func realPath(_ path: String) throws(SystemError) -> String {
  guard let pointer = unsafe realpath(path, nil) else { throw SystemError.last("realpath", path: path) }
  defer { unsafe free(pointer) }
  return unsafe String(cString: pointer)
}

/// The directory the process works in; "/" when it has been removed.
public func currentDirectory() -> String {
  guard let pointer = unsafe getcwd(nil, 0) else { return "/" }
  defer { unsafe free(pointer) }
  return unsafe String(cString: pointer)
}

/// `path` with a leading `~/` replaced by the home directory `home`.
public func expandTilde(_ path: String, home: String?) -> String {
  guard let home, path == "~" || path.hasPrefix("~/") else { return path }
  return home + path.dropFirst()
}

/// Makes a new directory below `path` that belongs to this user alone, and gives its path: `prefix` and what nobody can
/// guess.
public func makePrivateDirectory(below path: String, prefix: String) throws(SystemError) -> String {
  var name = Array("\(path)/\(prefix)XXXXXX".utf8CString)
  guard unsafe mkdtemp(&name) != nil else { throw SystemError.last("mkdtemp", path: path) }
  return String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
