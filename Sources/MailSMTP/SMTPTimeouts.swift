/// How long a server may take, in seconds; each for the whole reply, however slowly it trickles in. RFC 5321, section
/// 4.5.3.2.
public struct SMTPTimeouts: Sendable, Equatable {
  /// Until the connection stands, for all addresses of the host together.
  public var connect = 30
  /// Until the greeting is there.
  public var greeting = 300
  /// For each reply to a command.
  public var command = 300
  /// For the reply to DATA.
  public var dataStart = 120
  /// For each piece of the message to be taken.
  public var dataBlock = 180
  /// For the reply behind the message.
  public var dataEnd = 600
  /// For the reply to QUIT: nothing depends on it.
  public var quit = 5

  /// What the RFC asks for.
  public init() {}

  /// The same with no wait for a reply longer than `seconds`. The one behind a message may take twice as long: who gives up
  /// there doesn't know whether the message went.
  public init(reply seconds: Int, connect: Int = 30) {
    self.connect = connect
    greeting = min(greeting, seconds)
    command = min(command, seconds)
    dataStart = min(dataStart, seconds)
    dataBlock = min(dataBlock, seconds)
    dataEnd = min(dataEnd, seconds > 300 ? seconds : seconds * 2)
  }

  /// The limit for the reply at `stage`, in seconds.
  func reply(at stage: SMTPStage) -> Int {
    switch stage {
    case .connecting: connect
    case .greeting: greeting
    case .data: dataStart
    case .content: dataBlock
    case .message: dataEnd
    case .quit: quit
    default: command
    }
  }
}
