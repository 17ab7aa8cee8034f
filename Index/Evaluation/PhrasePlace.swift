// A slot of a phrase.

/// Where a term of a phrase stands, or a part of such a term, and which of the phrase's terms it is.
struct PhrasePlace: Sendable, Hashable {
  /// Its position, counted from the first of the phrase.
  let offset: UInt32
  /// Slots with the same term have the same number.
  let term: Int
  /// The number of its slot. Parts of one slot are found together or not at all.
  let slot: Int
}
