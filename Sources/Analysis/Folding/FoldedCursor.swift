// Reads a text as folded scalar values.
internal import CFoldingTables

/// Walks over a text and yields its folded scalar values, each with its class and the bytes of the original that it
/// stands for. One original character may yield several (ﬁ, ½); ignored ones are counted to the one before.
/// A copy is a cheap way to look ahead.
struct FoldedCursor {
  private let base: UnsafePointer<UInt8>
  private var end: Int
  /// The first byte not yet read.
  private var next: Int
  private var pending: UnsafePointer<UInt32>?
  private var pendingCount = 0

  /// The current scalar value; meaningless at the end.
  private(set) var scalar: UInt32 = 0
  /// Its class.
  private(set) var kind = CharacterClass.end
  /// Where the original character begins.
  private(set) var start: Int
  /// Where it ends, ignored characters after it included.
  private(set) var stop: Int
  /// Whether the current value isn't the first that its original character yields.
  private(set) var isInsideExpansion = false

  /// A cursor on the first value at or after `offset`.
  init(_ base: UnsafePointer<UInt8>, end: Int, at offset: Int) {
    self.base = base
    self.end = end
    next = offset
    start = offset
    stop = offset
    advance()
  }

  /// Goes on to the next value.
  @inline(__always)
  mutating func advance() {
    guard pendingCount == 0, next < end, base[next] < 0x80 else { return advanceBeyondASCII() }
    let byte = UInt32(base[next])
    let entry = loquat_folding_entry(byte)
    isInsideExpansion = false
    start = next
    next &+= 1
    kind = UInt8(truncatingIfNeeded: entry & 0xF)
    scalar = entry >> 8 == 0 ? byte : entry >> 8
    absorbIfNeeded()
    stop = next
  }

  /// Makes the original character that it stands in the last.
  mutating func limitToCurrentCharacter() { end = stop }

  /// Takes the ASCII letters, or the digits, that the cursor stands on, at most `limit`, writes them in lower case, and
  /// goes on to what follows. Returns how many; 0 where the current value isn't a plain ASCII letter or digit. A letter
  /// with something beyond ASCII after it, which may be an accent, is left.
  mutating func takeASCII(to output: UnsafeMutablePointer<UInt8>, limit: Int) -> Int {
    guard !isInsideExpansion, stop == start + 1, base[start] < 0x80 else { return 0 }
    let isDigit = kind == CharacterClass.digit
    var here = start
    let last = min(end, start + limit)
    while here < last {
      let byte = base[here]
      if isDigit ? byte &- 0x30 > 9 : (byte | 0x20) &- 0x61 > 25 { break }
      output[here - start] = byte | 0x20
      here += 1
    }
    if here < end, base[here] >= 0x80, base[here] &- 0xE4 > 5 { here -= 1 }
    guard here > start else { return 0 }
    let count = here - start
    next = here
    advance()
    return count
  }

  @inline(never)
  private mutating func advanceBeyondASCII() {
    if pendingCount > 0, let values = pending {
      take(values[0])
      pending = values + 1
      pendingCount -= 1
      isInsideExpansion = true
      return
    }
    isInsideExpansion = false
    while true {
      start = next
      guard next < end else {
        stop = end
        kind = CharacterClass.end
        return
      }
      let (decoded, length) = UTF8Coding.decode(base, at: next, end: end)
      next += length
      let entry = loquat_folding_entry(decoded)
      kind = UInt8(truncatingIfNeeded: entry & 0xF)
      if kind == CharacterClass.ignorable { continue }
      let value = entry >> 8
      if entry & 0x80 != 0 {
        var count: UInt32 = 0
        let values = loquat_folding_expansion(value, &count)
        scalar = values?[0] ?? 0xFFFD
        pending = values.map { $0 + 1 }
        pendingCount = Int(count) - 1
      } else {
        scalar = value == 0 ? decoded : value
      }
      break
    }
    absorbIfNeeded()
    stop = next
  }

  /// Only a byte beyond ASCII can begin something that belongs to the current character; Han characters (lead bytes E4
  /// to E9) don't.
  @inline(__always)
  private mutating func absorbIfNeeded() {
    if next < end, base[next] >= 0x80, base[next] &- 0xE4 > 5 { absorb() }
  }

  private mutating func take(_ value: UInt32) {
    scalar = value
    kind = UInt8(truncatingIfNeeded: loquat_folding_entry(value) & 0xF)
  }

  /// Takes up what follows and belongs to the current character: ignored characters, voicing marks of kana, and the
  /// vowels and finals of Hangul syllables written as separate letters.
  private mutating func absorb() {
    while next < end, base[next] >= 0x80 {
      let (decoded, length) = UTF8Coding.decode(base, at: next, end: end)
      let entry = loquat_folding_entry(decoded)
      let entryKind = UInt8(truncatingIfNeeded: entry & 0xF)
      if entryKind != CharacterClass.ignorable {
        guard pendingCount == 0, entry & 0x80 == 0 else { return }
        let value = entry >> 8 == 0 ? decoded : entry >> 8
        guard let composed = Composition.compose(scalar, value) else { return }
        take(composed)
      }
      next += length
    }
  }
}
