internal import CLinux
internal import Glibc

/// A program that runs: the pipes to it, and what it has written so far.
struct ChildProcess: ~Copyable {
  enum Output {
    case given(Program.Output)
    case collected
  }

  private let process: pid_t
  private let path: String
  /// Our ends of the pipes; -1 when there is none (any more).
  private var input: Int32 = -1
  private var output: Int32 = -1
  private var bytes: [UInt8] = []
  private var signals: SignalGuard
  private(set) var collected: [UInt8] = []
  private(set) var isCut = false

  init(_ program: Program, input: Program.Input, output: Output) throws(SystemError) {
    path = program.path
    signals = SignalGuard(ownsTerminal: program.ownsTerminal)
    var spawn = Spawn()
    do throws(SystemError) {
      switch input {
      case .inherited: break
      case .none: spawn.open("/dev/null", O_RDONLY, as: 0)
      case .descriptor(let number): spawn.duplicate(number, as: 0)
      case .bytes(let bytes):
        let pipe = try Pipe()
        spawn.give(pipe.reading, as: 0)
        self.input = doesNotBlock(pipe.writing)
        self.bytes = bytes
      }
      switch output {
      case .given(.inherited): break
      case .given(.discarded): spawn.open("/dev/null", O_WRONLY, as: 1)
      case .given(.descriptor(let number)): spawn.duplicate(number, as: 1)
      case .collected:
        let pipe = try Pipe()
        spawn.give(pipe.writing, as: 1)
        self.output = doesNotBlock(pipe.reading)
      }
      switch program.errors {
      case .inherited: break
      case .discarded: spawn.open("/dev/null", O_WRONLY, as: 2)
      case .descriptor(let number): spawn.duplicate(number, as: 2)
      }
      process = try spawn.start(program, resetting: signals.caught)
    } catch {
      spawn.finish()
      signals.restore()
      for descriptor in [self.input, self.output] where descriptor >= 0 { _ = Glibc.close(descriptor) }
      throw error
    }
    spawn.finish()
  }

  /// Gives the program its input and takes its output, whichever it is ready for, so that neither waits for the other.
  /// False when that wasn't done at `deadline`, a monotonic time in nanoseconds.
  mutating func exchange(limit: Int, until deadline: Int64?) -> Bool {
    var given = 0
    while input >= 0 || output >= 0 {
      var requests = [
        pollfd(fd: input, events: Int16(POLLOUT), revents: 0), pollfd(fd: output, events: Int16(POLLIN), revents: 0),
      ]
      let patience = deadline.map { max(0, min(Int64(Int32.max), ($0 - monotonicNow() + 999_999) / 1_000_000)) } ?? -1
      let ready = unsafe poll(&requests, 2, Int32(patience))
      guard ready > 0 else {
        if ready == 0 { return false }
        if errno == EINTR { continue } else { break }
      }
      if requests[0].revents != 0 { give(&given) }
      if requests[1].revents != 0 { take(limit: limit) }
    }
    endInput()
    endOutput()
    return true
  }

  /// Ends the program, which took too long, and takes leave of it.
  mutating func kill() {
    endInput()
    endOutput()
    _ = Glibc.kill(process, SIGTERM)
    let patience = monotonicNow() + nanoseconds(ofSeconds: 1)
    // It is gone, or can't be waited for: nothing is left to do either way.
    if (try? wait(until: patience)) == .some(.none) {
      _ = Glibc.kill(process, SIGKILL)
      _ = try? wait()
    }
  }

  private mutating func give(_ given: inout Int) {
    let descriptor = input
    let count = unsafe bytes.withUnsafeBytes { buffer in
      unsafe Glibc.write(descriptor, buffer.baseAddress.map { unsafe $0 + given }, buffer.count - given)
    }
    if count >= 0 {
      given += count
    } else if errno != EAGAIN, errno != EINTR {
      // EPIPE: the program doesn't want the rest.
      given = bytes.count
    }
    if given >= bytes.count { endInput() }
  }

  private mutating func take(limit: Int) {
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    let count = unsafe Glibc.read(output, &buffer, buffer.count)
    if count > 0 {
      isCut = collected.count + count > limit
      collected += buffer.prefix(min(count, limit - collected.count))
      if isCut { endOutput() }
    } else if count == 0 || (errno != EAGAIN && errno != EINTR) {
      endOutput()
    }
  }

  private mutating func endInput() {
    if input >= 0 { _ = Glibc.close(input) }
    input = -1
    bytes = []
  }

  private mutating func endOutput() {
    if output >= 0 { _ = Glibc.close(output) }
    output = -1
  }

  /// Waits for the end of the program until `deadline`, a monotonic time in nanoseconds (nil: as long as it takes); nil
  /// when it hasn't come.
  mutating func wait(until deadline: Int64?) throws(SystemError) -> Program.End? {
    guard let deadline else { return try wait() }
    var pause: Int64 = 200_000
    while true {
      var status: Int32 = 0
      let done = try retrying32("waitpid", path: path) { unsafe waitpid(process, &status, WNOHANG) }
      if done != 0 {
        signals.restore()
        return programEnd(status)
      }
      if monotonicNow() >= deadline { return nil }
      sleep(nanoseconds: pause)
      pause = min(pause * 2, 20_000_000)
    }
  }

  /// Waits for the end of the program, or for `milliseconds` where it goes on: false then. A signal that this process
  /// catches ends the wait as well.
  func isEnding(within milliseconds: Int32) -> Bool {
    let watch = pidfd_open(process, 0)
    guard watch >= 0 else {
      // A kernel before 5.3: looked at often enough for a person.
      var info = unsafe siginfo_t()
      sleep(nanoseconds: Int64(min(milliseconds, 50)) * 1_000_000)
      let result = unsafe waitid(P_PID, id_t(process), &info, WEXITED | WNOHANG | WNOWAIT)
      return unsafe result == 0 && info.si_signo != 0
    }
    defer { _ = Glibc.close(watch) }
    var request = pollfd(fd: watch, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&request, 1, milliseconds) > 0
  }

  /// Doesn't wait any longer: the program outlives this process.
  func abandon() { signals.restore() }

  /// Waits for the end of the program.
  mutating func wait() throws(SystemError) -> Program.End {
    defer { signals.restore() }
    var status: Int32 = 0
    _ = try retrying32("waitpid", path: path) { unsafe waitpid(process, &status, 0) }
    return programEnd(status)
  }
}

private func programEnd(_ status: Int32) -> Program.End {
  let signal = status & 0x7F
  return signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal)
}

/// `descriptor`, set to give what is there and take what fits instead of waiting.
private func doesNotBlock(_ descriptor: Int32) -> Int32 {
  _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
  return descriptor
}

/// Two ends that don't go to children by themselves.
struct Pipe {
  let reading: Int32
  let writing: Int32

  init() throws(SystemError) {
    var ends: (Int32, Int32) = (-1, -1)
    _ = try retrying32("pipe2") {
      unsafe withUnsafeMutableBytes(of: &ends) {
        unsafe pipe2($0.bindMemory(to: Int32.self).baseAddress, O_CLOEXEC)
      }
    }
    (reading, writing) = ends
  }
}

/// What is done between this process and the program: its descriptors.
@safe private struct Spawn {
  private var actions = unsafe posix_spawn_file_actions_t()
  private var given: [Int32] = []

  init() { unsafe posix_spawn_file_actions_init(&actions) }

  mutating func open(_ path: String, _ flags: Int32, as number: Int32) {
    unsafe posix_spawn_file_actions_addopen(&actions, number, path, flags, 0)
  }

  mutating func duplicate(_ descriptor: Int32, as number: Int32) {
    unsafe posix_spawn_file_actions_adddup2(&actions, descriptor, number)
  }

  /// Gives the program an end of a pipe, which this process then closes.
  mutating func give(_ descriptor: Int32, as number: Int32) {
    given.append(descriptor)
    duplicate(descriptor, as: number)
  }

  mutating func start(_ program: Program, resetting signals: [Int32]) throws(SystemError) -> pid_t {
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var defaults = sigset_t()
    unsafe sigemptyset(&defaults)
    for signal in signals { unsafe sigaddset(&defaults, signal) }
    unsafe posix_spawnattr_setsigdefault(&attributes, &defaults)
    // A thread of ours may hold signals back; the program shall not.
    var held = sigset_t()
    unsafe sigemptyset(&held)
    unsafe posix_spawnattr_setsigmask(&attributes, &held)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

    var arguments = unsafe cStrings([program.path] + program.arguments)
    var environment = unsafe cStrings(variables(program.environment))
    defer {
      for index in unsafe arguments.indices { unsafe free(arguments[index]) }
      for index in unsafe environment.indices { unsafe free(environment[index]) }
    }
    var process: pid_t = 0
    let code = unsafe posix_spawnp(&process, program.path, &actions, &attributes, &arguments, &environment)
    guard code == 0 else { throw SystemError(call: "exec", path: program.path, errno: code) }
    return process
  }

  mutating func finish() {
    unsafe posix_spawn_file_actions_destroy(&actions)
    for descriptor in given { _ = Glibc.close(descriptor) }
  }
}

private func cStrings(_ strings: [String]) -> [UnsafeMutablePointer<CChar>?] {
  unsafe strings.map { unsafe strdup($0) as UnsafeMutablePointer<CChar>? } + [nil]
}

/// The environment of this process with `changes`.
private func variables(_ changes: [String: String]) -> [String] {
  var result: [String] = []
  var next = unsafe environ
  while let entry = unsafe next.pointee {
    let text = unsafe String(cString: entry)
    if changes.isEmpty || changes[String(text.prefix { $0 != "=" })] == nil { result.append(text) }
    unsafe next += 1
  }
  return result + changes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
}

/// What the signals did before a program was run, while this process does without some of them.
private struct SignalGuard {
  private var old: [(number: Int32, action: sigaction)] = []
  /// Signals whose usual meaning the program gets back.
  private(set) var caught: [Int32] = [SIGPIPE]

  /// A write to a program that reads no more is no reason to end. With `ownsTerminal`, what is typed to end something ends
  /// the program and not this process.
  init(ownsTerminal: Bool) {
    for number in ownsTerminal ? [SIGPIPE, SIGINT, SIGQUIT] : [SIGPIPE] {
      var ignore = sigaction()
      unsafe ignore.__sigaction_handler.sa_handler = SIG_IGN
      var before = sigaction()
      unsafe sigaction(number, &ignore, &before)
      old.append((number, before))
      let wasIgnored = unsafe unsafeBitCast(before.__sigaction_handler.sa_handler, to: Int.self) == 1
      if !wasIgnored { caught.append(number) }
    }
  }

  func restore() {
    for (number, action) in old {
      var action = action
      unsafe sigaction(number, &action, nil)
    }
  }
}

/// `path` is a file that this process may run.
func isExecutable(_ path: String) -> Bool {
  unsafe faccessat(AT_FDCWD, path, X_OK, AT_EACCESS) == 0 && !isDirectory(path)
}
