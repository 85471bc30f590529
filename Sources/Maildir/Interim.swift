// Stands in until MailBytes has landed.
enum ModifiedUTF7 {
  static func encode(_ name: String) -> String { name }
  static func decode(_ encoded: String) -> String? { encoded }
}
