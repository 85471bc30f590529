import MailCompose
import Testing

@Suite struct SubjectPrefixTests {
  @Test(arguments: [
    ("Plan", "Re: Plan", "Fwd: Plan"),
    ("Re: Plan", "Re: Plan", "Fwd: Re: Plan"),
    ("RE: re: Re: Plan", "Re: Plan", "Fwd: Re: Plan"),
    ("AW: Antw: SV: VS: Plan", "Re: Plan", "Fwd: Re: Plan"),
    ("TR: Plan", "Re: Fwd: Plan", "Fwd: Plan"),
    ("TR : RE : Plan", "Re: Fwd: Plan", "Fwd: Re: Plan"),
    ("RE\u{A0}: Plan", "Re: Plan", "Fwd: Re: Plan"),
    ("Re[2]: Plan", "Re: Plan", "Fwd: Re: Plan"),
    ("Re(3): Re^4: RE*5: Plan", "Re: Plan", "Fwd: Re: Plan"),
    ("Fwd: FW: WG: Plan", "Re: Fwd: Plan", "Fwd: Plan"),
    ("回复：Plan", "Re: Plan", "Fwd: Re: Plan"),
    ("转发: 答复: Plan", "Re: Fwd: Plan", "Fwd: Re: Plan"),
    ("[list] Re: Plan", "Re: [list] Plan", "Fwd: Re: [list] Plan"),
    ("Re: [list] AW: Plan", "Re: [list] Plan", "Fwd: Re: [list] Plan"),
    ("[list]", "Re: [list]", "Fwd: [list]"),
    ("R: Plan", "Re: Plan", "Fwd: Re: Plan"),
    ("I: Plan", "Re: Fwd: Plan", "Fwd: Plan"),
    ("", "Re:", "Fwd:"),
    ("Re:", "Re:", "Fwd: Re:"),
  ])
  func answersAndForwardsAreMarkedOnce(_ subject: String, _ reply: String, _ forward: String) {
    #expect(replySubject(subject) == reply)
    #expect(forwardSubject(subject) == forward)
    #expect(replySubject(replySubject(subject)) == replySubject(subject))
    #expect(forwardSubject(forwardSubject(subject)) == forwardSubject(subject))
  }

  @Test(arguments: [
    "Regarding: Plan", "Result: 3:1", "r: the language", "R:3", "i: think", "Plan: Re: or not", "10: Plan", "Re Plan",
    ":", "re",
    "[a very long thing in brackets that is no tag of a list but goes on and on] Re: x", "[open Re: x",
  ])
  func otherColonsAreLeftAlone(_ subject: String) {
    #expect(replySubject(subject) == "Re: " + subject)
    #expect(forwardSubject(subject) == "Fwd: " + subject)
  }
}
