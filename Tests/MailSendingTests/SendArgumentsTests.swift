import Testing

@testable import MailSending

@Suite struct SendArgumentsTests {
  func parse(_ words: String..., name: String = "mail-send") throws(ArgumentProblem) -> SendArguments {
    try SendArguments(words, name: name)
  }

  @Test func valuesOfSendmailAreJoinedOrNot() throws {
    for arguments in [try parse("-f", "a@b", "x@y"), try parse("-fa@b", "x@y"), try parse("-r", "a@b", "x@y")] {
      #expect(arguments.request.sender == "a@b" && arguments.request.recipients == ["x@y"])
    }
    #expect(try parse("-FThe Robot", "x@y").request.fullName == "The Robot")
    #expect(try parse("-tiv").request.readsRecipients)
    #expect(try parse("-tfa@b").request.sender == "a@b")
    #expect(try parse("-N", "success,DELAY", "-Rhdrs", "-Vid").request.notify == ["success", "delay"])
    #expect(try parse("-Rhdrs").request.returns == "headers")
  }

  @Test(arguments: [
    [
      "-oi", "-oem", "-odb", "-o", "i", "-O", "x=y", "-Oa=b", "-B8BITMIME", "-B", "7BIT", "-h3", "-ba", "-bm", "-L",
      "t", "-dx.1", "-U", "-G",
    ]
  ])
  func whatChangesNothingIsPassedOver(_ words: [String]) throws {
    #expect(try SendArguments(words + ["x@y"]).request.recipients == ["x@y"])
  }

  @Test func modesAndNamesChooseTheAction() throws {
    #expect(try parse("-bp").action == .list)
    #expect(try parse(name: "mailq").action == .list)
    #expect(try parse("-q").action == .run && parse("-q15m").action == .run)
    #expect(try parse("-bi").action == .nothing && parse(name: "newaliases").action == .nothing)
    #expect(try parse("-bs").action == .session)
    #expect(try parse("--queue", "hold", "a", "b").ids == ["a", "b"])
    #expect(try parse("--queue=flush").action == .flush)
    #expect(try parse("--undo", "id").ids == ["id"])
  }

  @Test func everythingBehindTwoHyphensIsARecipient() throws {
    #expect(try parse("-t", "--", "-f", "--at").request.recipients == ["-f", "--at"])
    #expect(try parse("-").request.recipients == ["-"])
  }

  @Test(arguments: [
    ["-bd"], ["-f"], ["--at"], ["--delay", "soon"], ["--delay", "-1"], ["--queue", "eat"], ["-N", "x"], ["-R", "all"],
    ["-B", "9bit"],
    ["--at", "1:00", "--delay", "1"], ["--format", "xml"],
  ])
  func mistakesAreSaid(_ words: [String]) {
    do throws(ArgumentProblem) {
      _ = try SendArguments(words)
      Issue.record("\(words) was understood")
    } catch {
      if case .unknown = error { Issue.record("\(words): \(error)") }
    }
  }

  @Test(arguments: [["--help"], ["--version"], ["--no-such"], ["--undo=1"], ["-Z"]])
  func theRestIsForTheParser(_ words: [String]) {
    #expect(throws: ArgumentProblem.unknown) { try SendArguments(words) }
  }
}

@Suite struct SendTimeTests {
  // Tuesday, 2026-11-24 03:00 UTC; the user's clock is an hour ahead.
  let reader = SendTime(now: 1_795_489_200) { _ in 3600 }

  @Test(arguments: [
    ("2026-11-25 09:00", 1_795_593_600), ("2026-11-25T09:00+02:00", 1_795_590_000),
    ("Wed, 25 Nov 2026 09:00:00 +0100", 1_795_593_600),
    ("9:00", 1_795_507_200), ("3:30", 1_795_573_800), ("tomorrow 9:00", 1_795_593_600), ("Tomorrow", 1_795_593_600),
    ("today at 17:00", 1_795_536_000), ("friday 14:30", 1_795_786_200), ("tue 3:00", 1_796_090_400),
    ("tuesday 5:00", 1_795_492_800),
    ("5pm", 1_795_536_000), ("12am", 1_795_561_200), ("+2h", 1_795_496_400), ("+ 90 minutes", 1_795_494_600),
    ("in 2 hours 30 min", 1_795_498_200), ("+1w", 1_796_094_000), ("now", 1_795_489_200),
    ("@1795500000", 1_795_500_000),
  ])
  func timesAreRead(_ text: String, _ seconds: Int64) throws { #expect(try reader.parse(text) == seconds) }

  @Test(arguments: [
    "", "soon", "yesterday 9:00", "25:00", "9:60", "13pm", "2020-01-01 10:00", "+", "+2 parsecs", "@", "@1",
    "2026-11-25",
    "friday friday", "2060-01-01 09:00", "+999999999w", "9", "in",
  ])
  func whatIsNoneIsAnError(_ text: String) { #expect(throws: SendError.self) { try reader.parse(text) } }
}
