public import ArgumentParser
public import MailStore
internal import MailSystem

/// How many colours a terminal has.
enum ColourDepth {
  /// Sixteen, by number.
  case basic
  /// A cube of 6 × 6 × 6 as well.
  case cube
  /// All.
  case full

  /// What `$COLORTERM` and `$TERM` say.
  static var ofEnvironment: ColourDepth {
    if ["truecolor", "24bit"].contains(environment("COLORTERM") ?? "") { return .full }
    let term = environment("TERM") ?? ""
    if term.hasSuffix("-direct") { return .full }
    return term.hasSuffix("256color") ? .cube : .basic
  }
}

extension TagColour {
  /// The sequence that begins text in this colour: ECMA-48, section 8.3.117, and the widespread 38;5 and 38;2.
  public var sequence: String { sequence(.ofEnvironment) }

  func sequence(_ depth: ColourDepth) -> String {
    if let number = terminalNumber { return "\u{1B}[\(number < 8 ? 30 + number : 82 + number)m" }
    switch depth {
    case .full: return "\u{1B}[38;2;\(red);\(green);\(blue)m"
    case .cube: return "\u{1B}[38;5;\(cubeNumber)m"
    case .basic: return "\u{1B}[\(30 + nearestBasic)m"
    }
  }

  /// The nearest place in the cube, whose steps are 0, 95, 135, 175, 215, 255; or among the 24 shades of grey.
  private var cubeNumber: Int {
    if red == green, green == blue, 4..<247 ~= red { return 232 + (Int(red) - 3) / 10 }
    func step(_ value: UInt8) -> Int { value < 48 ? 0 : value < 115 ? 1 : (Int(value) - 35) / 40 }
    return 16 + 36 * step(red) + 6 * step(green) + step(blue)
  }

  /// Red, green and blue are on where they are more than half of the brightest.
  private var nearestBasic: Int {
    let most = max(red, green, blue)
    if most < 64 { return 0 }
    func bit(_ value: UInt8) -> Int { Int(value) * 2 > Int(most) ? 1 : 0 }
    return bit(red) | bit(green) << 1 | bit(blue) << 2
  }
}

extension TagColour: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }

  public static var allValueStrings: [String] { ["#rrggbb"] + names }
}
