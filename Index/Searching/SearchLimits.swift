// The limits that keep the cost of a search bounded, in one place.

/// What a search may cost. A query beyond a limit is refused with ``IndexError/Code/limitExceeded``; none is ever
/// answered in part.
///
/// Terms side by side, required or not, are free: an index has only so many postings, and a term that comes again costs
/// nothing. What counts is what can be made as expensive as one likes with few bytes of query: patterns, phrases, groups
/// in groups.
public enum SearchLimits {
  /// Most prefixes, wildcards, fuzzy terms, regular expressions and ranges of terms in a query: each may walk over all
  /// terms of a field and all of their postings, and keeps a bit for each document.
  public static let patterns = 64

  /// Most terms of a phrase.
  public static let phraseTerms = 1_024

  /// Most steps that phrases and groups may take by estimate, of some ten nanoseconds each, and most postings that patterns
  /// may read, where the index has fewer than half as many words; twice as many as words where it has more, so that what a
  /// query may cost grows with the index.
  public static let steps = 1 << 27
}
