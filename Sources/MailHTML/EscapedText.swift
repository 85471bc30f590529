/// `text` as the content of an element or of a quoted attribute.
public func escaped(_ text: String) -> String {
  var result = ""
  // Scalars, not characters: a combining mark must not hide what it stands on.
  for scalar in text.unicodeScalars {
    switch scalar {
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "&": result += "&amp;"
    case "\"": result += "&quot;"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
