import MailSystem
import Testing

@Test func aLockKeepsOthersOutUntilItGoes() throws {
  let folder = TemporaryFolder()
  let path = "\(folder.path)/lock"
  let first = try FileLock(path)
  let error = #expect(throws: SystemError.self) { try FileLock(path, patience: 5_000_000).unlock() }
  #expect(error?.wouldBlock == true)
  first.unlock()
  try FileLock(path, patience: 5_000_000).unlock()
}

@Test func sharedLocksLiveSideBySide() throws {
  let folder = TemporaryFolder()
  let path = "\(folder.path)/lock"
  let first = try FileLock(path, .shared)
  try FileLock(path, .shared, patience: 0).unlock()
  #expect(throws: SystemError.self) { try FileLock(path, .exclusive, patience: 0).unlock() }
  first.unlock()
}

@Test func rootIsFoundByNameAndByNumber() throws {
  let root = try User.named("root")
  #expect(root?.uid == 0)
  #expect(try User.withID(0) == root)
}

@Test func aUserWhoIsNotThereIsNil() throws {
  #expect(try User.named("no-such-user-here") == nil)
}

@Test func variablesThatAreEmptyCountAsNotSet() throws {
  try setEnvironment("POSTBAG_TEST_VARIABLE", to: "")
  #expect(environment("POSTBAG_TEST_VARIABLE") == nil)
  try setEnvironment("POSTBAG_TEST_VARIABLE", to: "x")
  #expect(environment("POSTBAG_TEST_VARIABLE") == "x")
}

@Test func theClockGoesForwardAndIsOfThisCentury() {
  let (first, second) = (monotonicNow(), monotonicNow())
  #expect(second >= first)
  #expect(now() > 1_700_000_000_000_000_000)
}

@Test func localTimeThereAndBack() {
  let seconds: Int64 = 1_709_546_400
  let time = LocalTime(seconds: seconds)
  let back = localSeconds(
    year: time.year, month: time.month, day: time.day, hour: time.hour, minute: time.minute, second: time.second)
  #expect(back == seconds)
  #expect(localSeconds(year: 2024, month: 5, day: 32) == localSeconds(year: 2024, month: 6, day: 1))
}

@Test func outputIsWrittenInOrderWhateverItsSize() throws {
  let folder = TemporaryFolder()
  let path = "\(folder.path)/out"
  let file = try File(path, [.write, .create])
  var buffer = OutputBuffer(descriptor: file.descriptor, capacity: 8)
  try buffer.write("abc")
  try buffer.write([UInt8](repeating: 0x2D, count: 20))
  try buffer.write(byte: 0x21)
  #expect(try readFile(path).count == 23)
  try buffer.flush()
  #expect(try readFile(path) == Array("abc--------------------!".utf8))
}

@Test func anInputHasSomethingToReadOrNot() throws {
  let folder = TemporaryFolder()
  let path = "\(folder.path)/in"
  let file = try File(path, [.readWrite, .create])
  #expect(!hasInput(file.descriptor, patience: 0))
  try file.write([1, 2])
  try file.seek(to: 0)
  #expect(hasInput(file.descriptor, patience: 0))
  try file.seek(to: 2)
  #expect(!hasInput(file.descriptor, patience: 0))
  let null = try File("/dev/null")
  #expect(!hasInput(null.descriptor, patience: 0))
}
