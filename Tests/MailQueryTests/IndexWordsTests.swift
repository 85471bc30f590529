import MailBytes
import MailQuery
import Testing

@Suite struct WordsOfTheIndex {
  /// Whether the index, which keeps `text` as `cjkBigrams` writes it, has the words of `query` one after the other.
  private func finds(_ query: String, in text: String) throws -> Bool {
    guard case .text(let term) = try parse("\"\(query)\"") else { return false }
    let words = cjkBigrams(text).split(separator: " ")
    let wanted = term.words.split(separator: " ")
    guard words.count >= wanted.count else { return false }
    return (0...(words.count - wanted.count)).contains { start in
      wanted.indices.allSatisfy { index in
        let word = words[start + index]
        return index + 1 == wanted.count && term.isPrefix ? word.hasPrefix(wanted[index]) : word == wanted[index]
      }
    }
  }

  @Test func `every part of a text with Chinese, Japanese and Korean is found`() throws {
    for text in ["東京都", "A社", "会議2024年度の資料", "第3回 会議", "a会b議c", "서울 시"] {
      let characters = Array(text)
      for start in characters.indices {
        for end in start..<characters.count {
          // A part may begin or end in the middle of a Chinese run, not in the middle of a number.
          if characters[start].isNumber, start > 0, characters[start - 1].isNumber { continue }
          if characters[end].isNumber, end + 1 < characters.count, characters[end + 1].isNumber { continue }
          let part = String(characters[start...end])
          if part == " " { continue }
          #expect(try finds(part, in: text), "\(part) in \(text)")
        }
      }
    }
  }

  @Test func `characters that don't stand in a row are not found`() throws {
    #expect(try !finds("東都", in: "東京都"))
    #expect(try !finds("都東", in: "東京都"))
    #expect(try !finds("会A", in: "会議A"))
  }
}
