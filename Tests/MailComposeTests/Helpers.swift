import MailConfiguration
import MailMIME

@testable import MailCompose

func message(_ text: String) -> Message { Message(parsing: Array(text.utf8)) }

/// Ada with an alias, and the same person elsewhere.
func ada() -> Identities {
  var configuration = Configuration()
  configuration.identities = [
    .init(name: "Ada Example", address: "ada@example.org", aliases: ["info@example.org"]),
    .init(name: "Ada at home", address: "ada@home.example"),
  ]
  return Identities(configuration, fallback: .init(address: "nobody@example.org"))
}

func context() -> BuildContext { BuildContext(identities: ada(), date: MailDate(seconds: 1_795_000_000)) }

/// The message that `composition` makes, parsed.
func built(_ composition: Composition, _ context: BuildContext = context()) throws -> Message {
  Message(parsing: try composition.built(context))
}
