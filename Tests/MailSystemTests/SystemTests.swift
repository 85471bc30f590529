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

@Test func localTimeCountsDaysAndMonthsAsPeopleDo() {
  let time = LocalTime(seconds: 1_709_546_400)
  #expect(time.year == 2024)
  #expect(time.month == 3)
  #expect((3...5).contains(time.day))
  #expect((time.hour * 3600 + time.minute * 60 + time.second - time.offset - 36_000) % 86_400 == 0)
  #expect(time.weekday == (time.day - 3) % 7)
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
