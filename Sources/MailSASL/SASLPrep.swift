/// `text` prepared as names and passwords are. RFC 4013.
func saslPrepared(_ text: String, _ what: String) throws(SASLError) -> String {
  guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { throw .unusableText(what) }
  return text
}
