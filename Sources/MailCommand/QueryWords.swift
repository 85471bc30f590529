/// Command lines on which a word may begin with "-" without being an option: `mail-search budget -draft --limit 5`.
///
/// Options are `--long` names (those in `withValue` take the next word), `-h`, `-t` and `-0`; everything else is a word,
/// and so is everything after `--`. Options come first in what is returned, then `--` and the words.
public func separateWords(_ arguments: [String], optionsWithValue withValue: Set<String>) -> [String] {
  var options: [String] = []
  var words: [String] = []
  var rest = arguments[...]
  while let argument = rest.popFirst() {
    if argument == "--" {
      words += rest
      break
    }
    if ["-h", "-t", "-0"].contains(argument) {
      options.append(argument)
    } else if argument.hasPrefix("--") {
      options.append(argument)
      if withValue.contains(argument), let value = rest.popFirst() { options.append(value) }
    } else {
      words.append(argument)
    }
  }
  return words.isEmpty ? options : options + ["--"] + words
}

/// The same for a command whose words may also be one of `subcommands`, whose command lines are as usual: it comes first in
/// what is returned. Everything else is for the subcommand `default`. Help and version are left to the command itself.
public func separateWords(
  _ arguments: [String], optionsWithValue withValue: Set<String>, default: String, subcommands: Set<String>
) -> [String] {
  if arguments.first == "---completion" { return arguments }
  let separated = separateWords(arguments, optionsWithValue: withValue)
  guard separated.contains("--") else { return arguments }
  guard let place = firstWord(of: arguments, optionsWithValue: withValue) else { return [`default`] + separated }
  var rest = arguments
  let word = rest.remove(at: place)
  if subcommands.contains(word) { return [word] + rest }
  return [`default`] + (word == `default` ? separateWords(rest, optionsWithValue: withValue) : separated)
}

/// The place of the first word that is no option and no option's value; nil where `--` comes first, or there is none.
private func firstWord(of arguments: [String], optionsWithValue withValue: Set<String>) -> Int? {
  var place = 0
  while place < arguments.count {
    let argument = arguments[place]
    if argument == "--" { return nil }
    if !argument.hasPrefix("--"), !["-h", "-t", "-0"].contains(argument) { return place }
    place += withValue.contains(argument) ? 2 : 1
  }
  return nil
}
