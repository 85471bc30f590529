import Glibc
import MailSystem
import Testing

/// One after the other: what signals do belongs to the whole process.
@Suite(.serialized) struct ProgramTests {
  private func text(_ result: Program.Result) -> String { String(decoding: result.output, as: UTF8.self) }

  @Test func aProgramGetsItsArgumentsAsTheyAre() throws {
    let result = try Program("printf", ["%s|", "a b", "$HOME", "'", "", "é"]).collect(limit: 100)
    #expect(text(result) == "a b|$HOME|'||é|")
    #expect(result.end == .exited(0))
    #expect(!result.isCut)
  }

  @Test func bytesGoInAndComeOutWithoutWaitingForEachOther() throws {
    let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let result = try Program("cat").collect(input: .bytes(bytes), limit: .max)
    #expect(result.output == bytes)
    #expect(result.end.isSuccess)
  }

  @Test func aProgramThatReadsNothingHarmsNobody() throws {
    let bytes = [UInt8](repeating: 0x61, count: 1 << 20)
    #expect(try Program("true").run(input: .bytes(bytes)) == .exited(0))
    #expect(try Program("head", ["-c", "3"]).collect(input: .bytes(bytes), limit: 10).output == Array("aaa".utf8))
  }

  @Test func noBytesAreAnEmptyInput() throws {
    #expect(try Program("cat").collect(input: .bytes([]), limit: 10).output.isEmpty)
    #expect(try Program("cat").collect(input: .none, limit: 10).output.isEmpty)
  }

  @Test func whatIsLongerThanTheLimitIsCut() throws {
    let result = try Program("yes").collect(limit: 100_001)
    #expect(result.output.count == 100_001)
    #expect(result.isCut)
    #expect(result.end == .signalled(SIGPIPE))
    let whole = try Program("printf", ["12345"]).collect(limit: 5)
    #expect(whole.output.count == 5 && !whole.isCut)
  }

  @Test func howAProgramEndedIsTold() throws {
    #expect(try Program("sh", ["-c", "exit 7"]).run() == .exited(7))
    let killed = try Program("sh", ["-c", "kill -9 $$"]).run()
    #expect(killed == .signalled(9))
    #expect(killed.code == 137)
    #expect(!killed.isSuccess)
  }

  @Test func aProgramThatIsNotThereIsAnError() throws {
    let error = #expect(throws: SystemError.self) { try Program("no-such-program-here").run(input: .bytes([1])) }
    #expect(error?.isNotFound == true)
    #expect(error?.path == "no-such-program-here")
    #expect(Program.find("no-such-program-here") == nil)
    #expect(Program.find("sh")?.hasSuffix("/sh") == true)
    #expect(Program.find("/bin/sh") == "/bin/sh")
    #expect(Program.find("/bin") == nil)
    #expect(Program.find("") == nil)
  }

  @Test func theUsersWordsAreReadByTheShellAndArgumentsAreNot() throws {
    let result = try Program.shell("printf '%s|' -f", ["a b", "$(id)", "-x"]).collect(limit: 100)
    #expect(text(result) == "-f|a b|$(id)|-x|")
    #expect(text(try Program.shell("echo a | tr a b").collect(limit: 100)) == "b\n")
  }

  @Test func variablesAreAddedAndChanged() throws {
    try setEnvironment("POSTBAG_TEST_ONE", to: "1")
    try setEnvironment("POSTBAG_TEST_TWO", to: "2")
    var program = Program("sh", ["-c", "echo $POSTBAG_TEST_ONE $POSTBAG_TEST_TWO $POSTBAG_TEST_THREE"])
    program.environment = ["POSTBAG_TEST_TWO": "zwei", "POSTBAG_TEST_THREE": "drei"]
    #expect(text(try program.collect(limit: 100)) == "1 zwei drei\n")
  }

  @Test func outputGoesToADescriptor() throws {
    let folder = TemporaryFolder()
    let file = try File("\(folder.path)/out", [.write, .create])
    #expect(try Program("echo", ["x"]).run(input: .none, output: .descriptor(file.descriptor)).isSuccess)
    #expect(try readFile("\(folder.path)/out") == Array("x\n".utf8))
    let source = try File("\(folder.path)/out")
    #expect(try Program("cat").collect(input: .descriptor(source.descriptor), limit: 9).output == Array("x\n".utf8))
    #expect(try Program("echo", ["x"]).run(output: .discarded).isSuccess)
  }

  @Test func signalsAreForTheProgramWhileItOwnsTheTerminal() throws {
    onSignal(.pipe, .ignore)
    onSignal(.interrupt, .byDefault)
    var program = Program("sh", ["-c", "kill -INT $PPID; kill -INT $$; exit 3"])
    program.ownsTerminal = true
    // The parent survives; the child has the usual meaning of the signal.
    #expect(try program.run() == .signalled(SIGINT))
    // Where interrupts were ignored before, as under nohup, they stay so.
    onSignal(.interrupt, .ignore)
    #expect(try program.run() == .exited(3))
    onSignal(.interrupt, .byDefault)
    let pipe = try Program("sh", ["-c", "kill -PIPE $$"]).run()
    // This process ignores SIGPIPE; its children don't.
    #expect(pipe == .signalled(SIGPIPE))
  }

  @Test func noDescriptorIsLeftBehind() throws {
    func count() throws -> Int { try directoryEntries("/proc/self/fd").count }
    _ = try Program("cat").collect(input: .bytes([1]), limit: 10)
    let before = try count()
    for _ in 0..<20 { _ = try Program("cat").collect(input: .bytes([1]), limit: 10) }
    _ = try? Program("no-such-program-here").collect(input: .bytes([1]), limit: 10)
    // Other tests open files meanwhile.
    #expect(try count() < before + 20)
  }
}
