import MailQuery
import MailSearch
import MailStore

/// The meaning of queries said as simply as possible, message by message, to compare the real search with. Words are
/// ASCII here.
struct PlainSearch {
  let samples: [Sample]

  func results(_ query: Query, all: Bool = false) -> [Sample] {
    let named = folderGlobs(query)
    let hidden = SmallMailbox.folders.filter { folder in
      !all && (folder.name.hasPrefix("Trash") || folder.name == "Junk") && !named.contains { $0.matches(folder.name) }
    }.map(\.id)
    return samples.filter { !$0.isGone && !hidden.contains($0.folder) && fits($0, query) }
  }

  private func folderGlobs(_ query: Query) -> [Glob] {
    switch query {
    case .folder(let glob): [glob]
    case .all(let parts), .any(let parts): parts.flatMap(folderGlobs)
    default: []
    }
  }

  private func fits(_ sample: Sample, _ query: Query) -> Bool {
    switch query {
    case .everything: return true
    case .all(let parts): return parts.allSatisfy { fits(sample, $0) }
    case .any(let parts): return parts.contains { fits(sample, $0) }
    case .not(let part): return !fits(sample, part)
    case .text(let term): return fields(of: sample, term.fields).contains { has(term, in: $0) }
    case .comment(let term): return sample.comment.map { has(term, in: $0) } ?? false
    case .address(let term):
      return sample.people.contains { person in
        guard 1...6 ~= person.role, term.roles.contains(AddressTerm.Roles(rawValue: 1 << UInt8(person.role - 1))) else {
          return false
        }
        let domain = person.address.split(separator: "@")[1]
        return switch term.person {
        case .address(let address): person.address == address
        case .domain(let wanted): domain == wanted || domain.hasSuffix("." + wanted)
        case .anyone: true
        }
      }
    case .list(let name):
      return sample.people.contains { $0.role == 7 && ".\($0.address).".contains(".\(name).") }
    case .messageID(let id): return sample.messageID == id
    case .threadNumber(let number): return sample.thread == number
    case .thread(let id): return samples.contains { !$0.isGone && $0.messageID == id && $0.thread == sample.thread }
    case .folder(let glob):
      return SmallMailbox.folders.contains { $0.id == sample.folder && glob.matches($0.name) }
    case .tag(let glob): return sample.tags.contains { glob.matches($0) }
    case .time(let kind, let range):
      let time = kind == .date ? sample.date : sample.received
      return time >= range.start ?? .min && time < range.end ?? .max
    case .size(let range): return sample.size >= range.least ?? .min && sample.size <= range.most ?? .max
    case .state(let state): return self.state(state, of: sample)
    }
  }

  private func state(_ state: MessageState, of sample: Sample) -> Bool {
    switch state {
    case .unread: !sample.flags.contains(.seen)
    case .flagged: sample.flags.contains(.flagged)
    case .answered: sample.flags.contains(.answered)
    case .forwarded: sample.flags.contains(.forwarded)
    case .draft: sample.flags.contains(.draft)
    case .trashed: sample.flags.contains(.trashed)
    case .attachment: sample.flags.contains(.attachment)
    case .list: sample.flags.contains(.list)
    case .signed: sample.flags.contains(.signed)
    case .encrypted: sample.flags.contains(.encrypted)
    case .highPriority: sample.flags.contains(.highPriority)
    case .lowPriority: sample.flags.contains(.lowPriority)
    case .comment: sample.comment != nil
    case .tag: !sample.tags.isEmpty
    }
  }

  private func fields(of sample: Sample, _ fields: TextFields) -> [String] {
    let all: [(TextFields, String)] = [
      (.subject, sample.subject), (.sender, sample.sender), (.recipient, sample.recipient), (.copy, sample.copy),
      (.body, sample.body), (.attachment, sample.attachment),
    ]
    return all.filter { fields.contains($0.0) }.map(\.1)
  }

  /// Whether the words of `term` stand one after the other in `text`.
  private func has(_ term: TextTerm, in text: String) -> Bool {
    func words(_ text: String) -> [Substring] {
      text.lowercased().split { !$0.isLetter && !$0.isNumber }
    }
    let wanted = words(term.words)
    let found = words(text)
    guard found.count >= wanted.count else { return false }
    return (0...(found.count - wanted.count)).contains { start in
      wanted.indices.allSatisfy { index in
        let word = found[start + index]
        return term.isPrefix && index + 1 == wanted.count ? word.hasPrefix(wanted[index]) : word == wanted[index]
      }
    }
  }
}
