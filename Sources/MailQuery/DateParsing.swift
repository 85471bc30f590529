/// Reads one date as a query has it after `since:` and `before:`: `2024-03`, `2024-03-15T09:30`, `yesterday`, `2w`. Its end
/// is nil for an age, which means the time since then.
public func parseDate(_ text: String, in context: QueryContext) throws(QueryError) -> TimeRange {
  if let dots = DateExpression.dots(in: Array(text.utf8)) {
    throw QueryError(.badDate("a single date, not a range"), at: dots)
  }
  return try DateExpression(context: context).range(text, offset: 0)
}
