extension QueryParser {
  /// What `value` means in `field`; nil where it has nothing that can be searched for.
  mutating func term(of field: Field?, _ value: Value) throws(QueryError) -> Query? {
    guard let field else { return try plainTerm(value) }
    if value.text.isEmpty { throw QueryError(.expectedValue(field: field.rawValue), at: value.offset) }
    switch field {
    case .from, .to, .cc, .bcc, .with: return try person(field, value)
    case .subject, .body, .attachment, .filename:
      return try text(value, in: field.text ?? .all).map { .text($0) }
    case .comment: return try text(value, in: .all).map { .comment($0) }
    case .type: return try mediaType(value)
    case .tag: return .tag(Glob(try starred(value)))
    case .folder: return .folder(Glob(try starred(value)))
    case .list: return .list(bare(value).lowercased())
    case .id: return .messageID(bare(value))
    case .thread: return Int64(value.text).map { .threadNumber($0) } ?? .thread(messageID: bare(value))
    case .date, .received, .before, .since: return try time(field, value)
    case .size, .larger, .smaller: return try size(field, value)
    case .is, .has: return try state(field, value)
    }
  }

  // MARK: Words

  private mutating func plainTerm(_ value: Value) throws(QueryError) -> Query? {
    if !value.isQuoted {
      if value.text == "*" { return .everything }
      if let range = try bareRange(value) { return .time(.date, range) }
    }
    return try text(value, in: .all).map { .text($0) }
  }

  /// The words of `value`; nil where there are none.
  private mutating func text(_ value: Value, in fields: TextFields) throws(QueryError) -> TextTerm? {
    var source = value.text
    var isPrefix = value.hasOuterStar
    if !value.isQuoted, let star = source.utf8.firstIndex(of: UInt8(ascii: "*")) {
      let offset = source.utf8.distance(from: source.startIndex, to: star)
      guard offset + 1 == source.utf8.count else { throw QueryError(.misplacedStar, at: value.offset + offset) }
      source.removeLast()
      isPrefix = true
    }
    let words = Words(source)
    if words.isEmpty {
      if isPrefix { throw QueryError(.shortPrefix(minimum: context.limits.prefix), at: value.offset) }
      return nil
    }
    budget -= words.count - 1
    if budget < 0 { throw QueryError(.tooManyTerms(limit: context.limits.terms), at: value.offset) }
    if isPrefix, !words.endsInPair, !words.endsInSingleCharacter, words.lastWordLength < context.limits.prefix {
      throw QueryError(
        .shortPrefix(minimum: context.limits.prefix), at: value.offset + (value.isQuoted ? 0 : source.utf8.count))
    }
    // A pair is found whatever follows it, so a star after it adds nothing.
    let prefix = words.endsInSingleCharacter || (isPrefix && !words.endsInPair)
    return TextTerm(words: words.text, isPrefix: prefix, fields: fields, source: source)
  }

  /// `2024..2026` without a field. A word that only looks a little like it is text.
  private func bareRange(_ value: Value) throws(QueryError) -> TimeRange? {
    let bytes = Array(value.text.utf8)
    guard let dots = DateExpression.dots(in: bytes), bytes.count > 2 else { return nil }
    do {
      return try DateExpression(context: context).range(value.text, offset: value.offset)
    } catch {
      if looksLikeDate(bytes[..<dots]), looksLikeDate(bytes[(dots + 2)...]) { throw error }
      return nil
    }
  }

  private func looksLikeDate(_ text: ArraySlice<UInt8>) -> Bool {
    text.isEmpty
      || (text.count >= 4 && text.prefix(4).allSatisfy(isDigit) && (text.count == 4 || text.dropFirst(4).first == 45))
  }

  // MARK: People

  private mutating func person(_ field: Field, _ value: Value) throws(QueryError) -> Query? {
    guard let fields = field.text, let roles = field.roles else { return nil }
    if let person = address(bare(value)) { return .address(AddressTerm(person, roles: roles)) }
    guard let term = try text(value, in: fields) else { return nil }
    // The text index keeps Cc and Bcc together.
    if field == .bcc { return .all([.address(AddressTerm(.anyone, roles: .bcc)), .text(term)]) }
    return .text(term)
  }

  /// A whole address, or a domain after "@". Whatever else has a sign in it is a phrase of words.
  private func address(_ text: String) -> AddressTerm.Person? {
    let text = text.lowercased()
    let bytes = Array(text.utf8)
    guard let sign = bytes.lastIndex(of: UInt8(ascii: "@")), sign + 1 < bytes.count, !bytes.contains(UInt8(ascii: "*")),
      !bytes.contains(where: { $0 <= 32 })
    else { return nil }
    let domain = bytes[(sign + 1)...]
    if sign == 0 { return .domain(String(decoding: domain, as: UTF8.self)) }
    return domain.dropFirst().dropLast().contains(UInt8(ascii: ".")) ? .address(text) : nil
  }

  /// The value without the angle brackets of an address or a Message-ID.
  private func bare(_ value: Value) -> String {
    guard value.text.hasPrefix("<"), value.text.hasSuffix(">"), value.text.utf8.count > 2 else { return value.text }
    return String(value.text.dropFirst().dropLast())
  }

  // MARK: Names, types, times, sizes, states

  private func starred(_ value: Value) throws(QueryError) -> String {
    value.hasOuterStar ? value.text + "*" : value.text
  }

  private func mediaType(_ value: Value) throws(QueryError) -> Query {
    let text = value.text.lowercased()
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let types: [String]
    if parts.count == 2, FieldValueTable.topLevelTypes.contains(String(parts[0])), !parts[1].isEmpty {
      types = parts[1] == "*" ? [String(parts[0])] : [text]
    } else if FieldValueTable.topLevelTypes.contains(text) {
      types = [text]
    } else if let known = FieldValueTable.typeNames[text] {
      types = known
    } else {
      throw QueryError(
        .unknownValue(
          value.text, field: "type", expected: "a type like application/pdf, image/*, or a short name like pdf or word"),
        at: value.offset)
    }
    let terms = types.map { type in
      Query.text(TextTerm(words: mediaTypeWord(type), fields: .attachment, source: type))
    }
    return terms.count == 1 ? terms[0] : .any(terms)
  }

  private func time(_ field: Field, _ value: Value) throws(QueryError) -> Query {
    if field == .before || field == .since, let dots = DateExpression.dots(in: Array(value.text.utf8)) {
      throw QueryError(
        .badDate("a single date after \"\(field.rawValue):\"; \"date:\" takes ranges"), at: value.offset + dots)
    }
    let range = try DateExpression(context: context).range(value.text, offset: value.offset)
    switch field {
    case .before: return .time(.date, TimeRange(start: nil, end: range.start ?? range.end))
    case .since: return .time(.date, TimeRange(start: range.start, end: nil))
    default: return .time(field == .received ? .received : .date, range)
    }
  }

  private func size(_ field: Field, _ value: Value) throws(QueryError) -> Query {
    if field == .size { return .size(try SizeExpression.range(value.text, offset: value.offset)) }
    let size = try SizeExpression.size(Array(value.text.utf8)[...], offset: value.offset)
    return .size(
      field == .larger ? SizeRange(least: size + 1, most: nil) : SizeRange(least: nil, most: size - 1))
  }

  private func state(_ field: Field, _ value: Value) throws(QueryError) -> Query {
    let word = value.text.lowercased()
    if field == .has, let state = FieldValueTable.possessions[word] { return .state(state) }
    if field == .is, let (state, isSet) = FieldValueTable.states[word] {
      return isSet ? .state(state) : .not(.state(state))
    }
    throw QueryError(
      .unknownValue(
        value.text, field: field.rawValue,
        expected: field == .is ? FieldValueTable.statesExpected : FieldValueTable.possessionsExpected),
      at: value.offset)
  }
}

/// The word by which the full-text index knows a media type ("application/pdf"), or the part of it before the slash.
public func mediaTypeWord(_ type: String) -> String {
  var word: [UInt8] = Array("mt".utf8)
  for byte in type.lowercased().utf8 where isDigit(byte) || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte {
    word.append(byte)
  }
  return String(decoding: word, as: UTF8.self)
}
