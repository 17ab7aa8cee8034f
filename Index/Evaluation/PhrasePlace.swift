// A slot of a phrase.

/// Where a term of a phrase stands, and which of the phrase's terms it is.
struct PhrasePlace: Sendable {
  /// Its position, counted from the first of the phrase.
  let offset: UInt32
  /// Slots with the same term have the same number.
  let term: Int
}
