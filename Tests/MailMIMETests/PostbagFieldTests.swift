import MailMIME
import Testing

@Suite struct PostbagFieldTests {
  @Test func everyFieldOfOursIsKnownInAnyCase() {
    for name in PostbagField.all {
      #expect(PostbagField.isOwn(name))
      #expect(PostbagField.isOwn(name.uppercased()))
    }
    #expect(PostbagField.isOwn("postbag-later"))
  }

  @Test func noOtherFieldIsOurs() {
    for name in ["Postbag", "Postbag-", "Postbox-Draft", "X-Postbag-Draft", "Subject", "", "Postbag\rDraft"] {
      #expect(!PostbagField.isOwn(name))
    }
  }
}
