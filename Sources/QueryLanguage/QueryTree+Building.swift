// Building queries in Swift, with all that the language can say and a little more.

/// Building queries in Swift.
///
/// ```swift
/// let query: QueryTree = .all(of: [
///   .text("香港"),
///   .any(of: [.phrase("clinical trial", slop: 2), .field("title", .prefix("bio"))]).boosted(by: 2),
/// ]).excluding(.text("rumour"))
/// ```
extension QueryTree {
  /// A run of plain text, analysed as the text of documents is.
  public static func text(_ text: String) -> QueryTree {
    leaf(text: text, at: nil)
  }

  /// The words of `text` in this order, at most `slop` positions out of place.
  ///
  /// - Precondition: `slop` is between 0 and ``QueryLimits/maximumDistance``.
  public static func phrase(_ text: String, slop: Int = 0) -> QueryTree {
    precondition(0...QueryLimits.maximumDistance ~= slop, "the slop of a phrase is out of its limits")
    return QueryTree(.phrase(text, slop: slop), at: nil)
  }

  /// Words that begin with `text`; all documents when it is empty.
  public static func prefix(_ text: String) -> QueryTree {
    leaf(prefix: text, at: nil)
  }

  /// Words of the form of `pattern`, in which `*` stands for any characters and `?` for one; `\` escapes.
  ///
  /// A pattern that is nothing but `text*` is a ``prefix(_:)``, one without a wildcard a ``fuzzy(_:maxEdits:)`` with no
  /// edits.
  public static func wildcard(_ pattern: String) -> QueryTree {
    leaf(pattern: WildcardPattern(parsing: pattern), at: nil)
  }

  /// Words of the form of `pattern`.
  public static func wildcard(_ pattern: WildcardPattern) -> QueryTree {
    leaf(pattern: pattern, at: nil)
  }

  /// Words that the regular expression matches from end to end.
  public static func regexp(_ expression: String) -> QueryTree {
    leaf(regexp: expression, at: nil)
  }

  /// Words at most `maxEdits` edits away from `text`.
  ///
  /// - Precondition: `maxEdits` is between 0 and ``QueryLimits/maximumEdits``.
  public static func fuzzy(_ text: String, maxEdits: Int = QueryLimits.maximumEdits) -> QueryTree {
    precondition(0...QueryLimits.maximumEdits ~= maxEdits, "the edits of a fuzzy term are out of their limits")
    return leaf(fuzzy: text, maxEdits: maxEdits, at: nil)
  }

  /// Values between two bounds, each inclusive, exclusive or open.
  public static func range(from lower: RangeBound, to upper: RangeBound) -> QueryTree {
    QueryTree(.range(lower: lower, upper: upper), at: nil)
  }

  /// Documents with anything in the field.
  ///
  /// - Precondition: The name is not empty.
  public static func exists(_ field: String) -> QueryTree {
    precondition(!field.isEmpty, "a field has a name")
    return QueryTree(.exists(field: field), at: nil)
  }

  /// All documents.
  public static var matchAll: QueryTree { QueryTree(.matchAll, at: nil) }

  /// The operands in any order, neighbours in the text at most `distance` positions apart. One operand stands for
  /// itself.
  ///
  /// - Precondition: The operands are words, phrases or patterns, and `distance` is between 0 and
  ///   ``QueryLimits/maximumDistance``.
  public static func near(_ operands: [QueryTree], within distance: Int) -> QueryTree {
    precondition(0...QueryLimits.maximumDistance ~= distance, "the distance is out of its limits")
    precondition(operands.allSatisfy(\.node.isNearOperand), "nearness is of words, phrases and patterns")
    guard operands.count > 1 else { return operands.first ?? combined([], at: nil) }
    return QueryTree(.near(operands, distance: distance), at: nil)
  }

  /// What all of the trees ask for; nothing when there is none.
  public static func all(of trees: [QueryTree]) -> QueryTree {
    combined(trees.map { QueryClause(.must, $0) }, at: nil)
  }

  /// What at least `minimum` of the trees ask for; nothing when there is none.
  public static func any(of trees: [QueryTree], atLeast minimum: Int = 1) -> QueryTree {
    combined(trees.map { QueryClause(.should, $0) }, minimumShouldMatch: minimum, at: nil)
  }

  /// Clauses that are required, optional or prohibited, see ``QueryNode/boolean(_:minimumShouldMatch:)``.
  public static func boolean(_ clauses: [QueryClause], minimumShouldMatch: Int = 0) -> QueryTree {
    combined(clauses, minimumShouldMatch: minimumShouldMatch, at: nil)
  }

  /// All documents but those that the tree asks for.
  public static func not(_ tree: QueryTree) -> QueryTree {
    combined([QueryClause(.mustNot, tree)], at: nil)
  }

  /// The query within one field. All documents become those with anything in the field.
  ///
  /// - Precondition: The name is not empty.
  public static func field(_ name: String, _ tree: QueryTree) -> QueryTree {
    precondition(!name.isEmpty, "a field has a name")
    return within(field: name, tree, at: nil)
  }

  /// What this tree asks for without what `tree` asks for.
  public func excluding(_ tree: QueryTree) -> QueryTree {
    .combined([QueryClause(.must, self), QueryClause(.mustNot, tree)], at: nil)
  }

  /// The same documents with the score multiplied by `factor`.
  ///
  /// - Precondition: `factor` is finite and not negative.
  public func boosted(by factor: Float) -> QueryTree {
    precondition(factor.isFinite && factor >= 0, "a boost is finite and not negative")
    return QueryTree(.boosted(self, factor.magnitude), at: nil)
  }

  /// The same documents, each with the score `score`.
  ///
  /// - Precondition: `score` is finite and not negative.
  public func constantScore(_ score: Float = 1) -> QueryTree {
    precondition(score.isFinite && score >= 0, "a score is finite and not negative")
    return QueryTree(.constantScore(self, score.magnitude), at: nil)
  }
}
