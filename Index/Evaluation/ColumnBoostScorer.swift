// Scores raised by columns.

internal import Storage

/// Matches what another scorer matches; scores are multiplied by 1 + Σ weight · f(value).
final class ColumnBoostScorer: Scorer {
  private let inner: Scorer
  private let boosts: [(column: Column, boost: ColumnBoost)]
  /// Where a failure to read a column is kept until the evaluation ends.
  private let context: ReadingContext

  init(_ inner: Scorer, _ boosts: [(column: Column, boost: ColumnBoost)], context: ReadingContext) {
    self.inner = inner
    self.boosts = boosts
    self.context = context
    super.init()
    document = inner.document
  }

  override var cost: Int { inner.cost }
  override func next() -> DocID {
    document = inner.next()
    return document
  }
  override func advance(to target: DocID) -> DocID {
    document = inner.advance(to: target)
    return document
  }
  override func matches() -> Bool { inner.matches() }
  override func score() -> Double {
    var factor = 1.0
    for (column, boost) in boosts {
      do throws(IndexError) {
        guard let value = try column.number(document) else { continue }
        factor += Double(boost.weight) * boost.value(value)
      } catch {
        context.report(error)
      }
    }
    return inner.score() * factor
  }
}
