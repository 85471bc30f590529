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
