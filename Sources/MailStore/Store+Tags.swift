internal import MailSQLite

extension Store {
  /// The colours of the tags that have one, by name.
  public func tagColours() throws(StoreError) -> [String: String] {
    try asStoreError {
      let select = try index().prepare("SELECT name, colour FROM state.tag WHERE colour IS NOT NULL")
      var colours: [String: String] = [:]
      while try select.step() { colours[select.text(0)] = select.text(1) }
      return colours
    }
  }
}
