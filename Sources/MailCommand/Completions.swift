extension CompletionKind {
  /// The names of the folders, asked for when a shell completes.
  public static var folderNames: CompletionKind {
    .shellCommand("mail-folder list --format names 2>/dev/null")
  }

  /// The names of the tags.
  public static var tagNames: CompletionKind { .shellCommand("mail-tag list --format names 2>/dev/null") }

  /// The tags as words of mail-tag: to put on, and to take off.
  public static var tagWords: CompletionKind {
    .shellCommand("mail-tag list --format names 2>/dev/null | sed 's/.*/+&\\n-&/'")
  }
}
