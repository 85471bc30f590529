import MailMIME
import Testing

@Suite struct DateTests {
  @Test(
    arguments: [
      ("Thu, 05 Sep 2024 10:11:12 +0200", 1_725_523_872, 120),
      ("5 Sep 2024 10:11 +0200", 1_725_523_860, 120),
      ("Thu,5 Sep 2024 10:11:12 +0200 (CEST)", 1_725_523_872, 120),
      ("Thu Sep  5 10:11:12 2024", 1_725_531_072, nil),
      ("Thu Sep 5 10:11:12 PDT 2024", 1_725_556_272, -420),
      ("Thu Sep 5 10:11:12 2024 -0700", 1_725_556_272, -420),
      ("2024-09-05T10:11:12+02:00", 1_725_523_872, 120),
      ("2024-09-05 10:11:12.345Z", 1_725_531_072, 0),
      ("2024-09-05", 1_725_494_400, nil),
      ("05-Sep-24 10:11:12 GMT", 1_725_531_072, 0),
      ("05/Sep/2024:10:11:12 +0000", 1_725_531_072, 0),
      ("Thursday, September 5, 2024 10:11:12 AM", 1_725_531_072, nil),
      ("9/5/2024 10:11:12 PM EST", 1_725_592_272, -300),
      ("25/12/2024 00:00 GMT", 1_735_084_800, 0),
      ("05 Sep 98 10:11:12 EST", 905_008_272, -300),
      ("05 Sep 03 10:11:12 GMT", 1_062_756_672, 0),
      ("05 Sep 103 10:11:12 GMT", 1_062_756_672, 0),
      ("05 Sep 0103 10:11:12 GMT", 1_062_756_672, 0),
      ("Fri, 21 Nov 97 09(comment):   55  :  06 EST", 880_124_106, -300),
      ("Thu, 05 Sep 2024 10:11:12 -0000", 1_725_531_072, nil),
      ("Thu, 05 Sep 2024 10:11:12 NOWHERE", 1_725_531_072, nil),
      ("Thu, 05 Sep 2024 10:11:12 A", 1_725_531_072, nil),
      ("Thu, 05 Sep 2024 10:11:12 0200", 1_725_523_872, 120),
      ("Thu, 05 Sep 2024 10:11:12 +0530", 1_725_511_272, 330),
      ("Thu, 05 Sep 2024 10:11:12 +99999", 1_725_531_072, nil),
      ("Thu, 05 Sep 2024 10.11.12 +0200", 1_725_523_872, 120),
      ("Wed, 31 Dec 1969 23:59:59 GMT", -1, 0),
      ("Sat, 31 Dec 2016 23:59:60 GMT", 1_483_228_800, 0),
      ("Thu, 29 Feb 2024 12:00:00 GMT", 1_709_208_000, 0),
      ("Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799, 0),
    ] as [(String, Int64, Int?)])
  func aDateOfRealMailIsRead(_ text: String, _ seconds: Int64, _ offset: Int?) throws {
    let date = try #require(MailDate(parsing: text))
    #expect(date.seconds == seconds)
    #expect((date.hasUnknownZone ? nil : date.offsetMinutes) == offset)
  }

  @Test(arguments: [
    "", "yesterday", "Thu", "5 Sep", "Sep 2024", "05 Sep 99999 10:11:12 GMT", "32 Sep 2024 10:11:12 GMT", "0 Sep 2024",
    "05 Sep 2024 25:00:00 GMT", "05 Sep 2024 10:61:00 GMT", "05 Sep 2024 10:11:62 GMT", "05 Sep 1066 10:11:12 GMT",
    "2024-13-05", "99999999999999999999", "05 Sep 2024 10:", "13/13/2024", "5 Sep 2024 13:00:00 PM",
  ])
  func whatIsNoDateIsNone(_ text: String) { #expect(MailDate(parsing: text) == nil) }

  @Test func aDateIsWrittenAsItIsRead() {
    var numbers = SeededNumbers(state: 7)
    for _ in 0..<10_000 {
      let seconds = Int64.random(in: -2_208_900_000...253_402_200_000, using: &numbers)
      let date = MailDate(seconds: seconds, offsetMinutes: Int.random(in: -720...840, using: &numbers))
      #expect(MailDate(parsing: date.rfc5322) == date)
    }
  }

  @Test func theWeekdayIsRight() {
    #expect(MailDate(seconds: 0).rfc5322 == "Thu, 01 Jan 1970 00:00:00 +0000")
    #expect(MailDate(seconds: -1, offsetMinutes: -90).rfc5322 == "Wed, 31 Dec 1969 22:29:59 -0130")
    #expect(MailDate(seconds: 951_782_400, hasUnknownZone: true).rfc5322 == "Tue, 29 Feb 2000 00:00:00 -0000")
  }
}
