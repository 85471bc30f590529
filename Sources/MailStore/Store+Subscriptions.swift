internal import Maildir

extension Store {
  /// The names of the folders that mail clients are asked to show, in the order of the file. There may be no folders of some
  /// of them.
  public func subscriptions() throws(StoreError) -> [String] {
    try asStoreError { try Subscriptions.read(from: maildir).names }
  }

  /// Has mail clients show the folder `name`, or no longer. What isn't there can't be subscribed, but unsubscribed.
  public func setSubscribed(_ name: String, _ isSubscribed: Bool) throws(StoreError) {
    if isReadOnly { throw .readOnly(root) }
    try asStoreError {
      let known = try Subscriptions.read(from: maildir)
      let canonical = FolderName.canonical(name, in: layout)
      let name = !isSubscribed && known.contains(canonical) ? canonical : try folderName(name)
      if isSubscribed, try !folders().contains(where: { $0.name == name }), role(ofFolder: name) == nil {
        throw StoreError.noSuchFolder(name)
      }
      try changing { _ in
        try Subscriptions.update(in: maildir) { subscriptions in
          if isSubscribed { subscriptions.insert(name) } else { subscriptions.remove(name) }
        }
      }
    }
  }
}
