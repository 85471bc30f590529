internal import Glibc

extension Program {
  /// Starts the program and leaves it to itself: in a session of its own, reading and writing nothing, not waited for.
  public func startDetached() throws(SystemError) {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for (number, flags) in [(Int32(0), O_RDONLY), (1, O_WRONLY), (2, O_WRONLY)] {
      unsafe posix_spawn_file_actions_addopen(&actions, number, "/dev/null", flags, 0)
    }
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var all = sigset_t()
    unsafe sigemptyset(&all)
    unsafe posix_spawnattr_setsigmask(&attributes, &all)
    for number in [SIGPIPE, SIGINT, SIGTERM, SIGHUP] { unsafe sigaddset(&all, number) }
    unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    // POSIX_SPAWN_SETSID, which the C library shows only to those who ask for its extensions.
    let flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | 0x80
    unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
    let strings = [path] + arguments
    var pointers = unsafe strings.map { unsafe strdup($0) as UnsafeMutablePointer<CChar>? } + [nil]
    defer { for index in unsafe pointers.indices { unsafe free(pointers[index]) } }
    var process: pid_t = 0
    let code = unsafe posix_spawnp(&process, path, &actions, &attributes, &pointers, environ)
    guard code == 0 else { throw SystemError(call: "exec", path: path, errno: code) }
  }
}
