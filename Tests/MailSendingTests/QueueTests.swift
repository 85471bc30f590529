import Testing
@testable import MailSending

@Test func placeholder() {}
