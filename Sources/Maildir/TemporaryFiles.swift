public import MailSystem

/// After this time, in nanoseconds, a file in `tmp/` was left behind by a delivery that died. 36 hours;
/// <https://cr.yp.to/proto/maildir.html>, "Can a delivery die?".
public let temporaryFileLifetime: Int64 = 36 * 3600 * 1_000_000_000

/// Removes the files in `tmp/` of the folder at `path` that no delivery can be writing any more; gives their number.
@discardableResult
public func removeStaleTemporaryFiles(inFolder path: String, at time: Int64 = now()) throws(SystemError) -> Int {
  let directory = "\(path)/tmp"
  var removed = 0
  for name in try directoryEntries(directory) where name.first != "." {
    // Names begin with the second they were made in: a young one needs no further look.
    if let seconds = Int64(name.prefix { $0 != "." }), (0..<1 << 33).contains(seconds),
      time - seconds * 1_000_000_000 < temporaryFileLifetime
    {
      continue
    }
    do throws(SystemError) {
      let status = try fileStatus("\(directory)/\(name)", followLinks: false)
      guard status.isRegular, status.modificationTime < time - temporaryFileLifetime else { continue }
      try removeFile("\(directory)/\(name)")
      removed += 1
    } catch {
      guard error.isNotFound else { throw error }  // somebody else cleans up too
    }
  }
  return removed
}
