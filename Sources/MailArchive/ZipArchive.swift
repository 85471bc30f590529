internal import MailStore
internal import MailSystem
internal import MailZip

/// A zip file of messages that is open for reading. What our manifest names are messages; of all other entries the contents
/// tell whether they are one, a mailbox, or no mail at all.
struct ZipArchive: OpenArchive {
  /// What the archive holds and can't be read, as a person should be told.
  let problems: [String]
  /// The colours of tags, by name, in the spelling of `TagColour`.
  let colours: [String: String]

  private let reader: ZipReader
  private let candidates: [ZipCandidate]

  /// Opens the archive `path`.
  init(_ path: String) throws {
    let reader = try passingZipErrors { try ZipReader(path) }
    self.reader = reader
    var manifest = Manifest()
    if let entry = reader.entries.first(where: { $0.name == Manifest.entryName }) {
      let bytes = try passingZipErrors { try reader.read(entry) }
      do throws(ManifestError) {
        manifest = try Manifest.decode(bytes)
      } catch {
        throw ArchiveError.manifest(archive: path, error)
      }
    }
    let known = Dictionary(manifest.messages.map { ($0.file, $0) }, uniquingKeysWith: { first, _ in first })
    var candidates: [ZipCandidate] = []
    var problems: [String] = []
    for entry in reader.entries where !entry.isDirectory && entry.name != Manifest.entryName {
      if let problem = entry.problem {
        problems.append("\(path): \(entry.name): \(problem)")
      } else {
        candidates.append(ZipCandidate(entry: entry, known: known[entry.name]))
      }
    }
    // The archive may have lost what its manifest names.
    let present = Set(reader.entries.map(\.name))
    problems += manifest.messages.filter { !present.contains($0.file) }.map {
      "\(path): \($0.file): not there any more"
    }
    self.candidates = candidates
    self.problems = problems
    colours = manifest.colours
  }

  /// Nil for an archive of another program, whose entries may be anything.
  var count: Int? { candidates.allSatisfy { $0.known != nil } ? candidates.count : nil }

  func read(_ name: String) throws -> [UInt8] {
    if let number = Int(name), let bytes = try read(number) { return bytes }
    for isExact in [true, false] {
      let found = candidates.filter { $0.listed.isCalled(name, isExact: isExact) }
      if found.count > 1 { throw ArchiveError.ambiguous(archive: reader.path, name) }
      // A mailbox has the name of a message when it holds one alone.
      if let found = found.first, let only = try messages(of: found, upTo: 2), only.count == 1 { return only[0].bytes }
    }
    // `box.mbox/3`
    guard let slash = name.lastIndex(of: "/"), let number = Int(name[name.index(after: slash)...]), number > 0,
      let box = candidates.first(where: { $0.listed.isCalled(String(name[..<slash]), isExact: true) }),
      let messages = try messages(of: box, upTo: number), messages.count == number
    else { throw ArchiveError.noSuchMessage(archive: reader.path, name) }
    return messages[number - 1].bytes
  }

  /// The message with this number; nil when there are not so many.
  private func read(_ number: Int) throws -> [UInt8]? {
    guard number > 0 else { return nil }
    if count != nil {
      guard candidates.indices.contains(number - 1) else { return nil }
      return try passingZipErrors { try reader.read(candidates[number - 1].entry) }
    }
    var left = number
    for candidate in candidates {
      do {
        let messages = try messages(of: candidate, upTo: left) ?? []
        if messages.count == left { return messages.last?.bytes }
        left -= messages.count
      } catch let error as ArchiveError {
        // In lists it has a number as well.
        if left == 1 { throw error }
        left -= 1
      }
    }
    return nil
  }

  private func messages(
    of candidate: ZipCandidate, upTo limit: Int
  ) throws -> [(message: ArchivedMessage, bytes: [UInt8])]? {
    var found: [(message: ArchivedMessage, bytes: [UInt8])] = []
    let isMail = try candidate.forEachMessage(in: reader) { message, bytes in
      found.append((message, bytes))
      return found.count < limit
    }
    return isMail ? found : nil
  }

  func forEachRow(_ body: (ArchivedMessage, Result<MessageRow, any Error>) throws -> Void) throws -> Int {
    let (candidates, reader) = (candidates, reader)
    let describe = { @Sendable (index: Int) -> Result<[(ArchivedMessage, MessageRow)]?, any Error> in
      Result { try candidates[index].rows(in: reader) }
    }
    var (number, others) = (0, 0)
    try orderedPipeline(count: candidates.count, workers: min(processorCount(), 8), window: 24, produce: describe) {
      switch $1 {
      case .success(nil): others += 1
      case .success(let rows?):
        for (message, row) in rows {
          number += 1
          try body(message.numbered(number), .success(row))
        }
      case .failure(let error):
        number += 1
        try body(candidates[$0].listed.numbered(number), .failure(error))
      }
    }
    return others
  }
}

extension ArchivedMessage {
  fileprivate func numbered(_ number: Int) -> ArchivedMessage {
    var message = self
    message.number = number
    return message
  }
}
