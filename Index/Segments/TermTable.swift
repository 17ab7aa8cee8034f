// The distinct terms of a segment that is being built.

internal import CKernels
internal import Storage

/// A hash table from (stream, bytes) to a number counted from 0, with a count of occurrences. A stream is a field's
/// term space, numbered by the builder.
///
/// Open addressing with linear probing; a slot holds the upper half of the hash and the term's number plus one. Terms
/// of up to 16 bytes, nearly all, lie in their entries, longer ones in an arena, so that a known term costs one line
/// of slots and one of entries. Terms are looked up in batches, which ask for the memory of all of them before they
/// wait for any. The hash multiplies and folds 128-bit products (the construction of wyhash, Wang Yi 2019).
///
/// Invariants: at most half of the slots are taken; `entries[n]` is valid for every n < count and the bytes of a long
/// term lie within the arena; pointers are owned here and never leave but for the duration of a call.
@safe
final class TermTable {
  /// Half a cache line.
  private struct Entry {
    /// The first eight bytes, padded with zeros.
    var head: UInt64
    /// The next eight, padded with zeros; of a term longer than 16 bytes where it lies in the arena.
    var rest: UInt64
    /// The lower half of the hash.
    var hash: UInt32
    var occurrences: UInt32
    var length: UInt16
    var stream: UInt16
  }

  /// A term to be looked up: what an entry has of it.
  private struct Key {
    var head: UInt64
    var rest: UInt64
    var hash: UInt64
  }

  /// Terms that are looked up together.
  static let batch = 32
  private static let entryLength = 16

  /// The arena's limit: offsets are 32 bits.
  static let arenaLimit = Int(UInt32.max) - (1 << 20)

  private var slotMemory: LargeMemory
  private var slots: UnsafeMutablePointer<UInt64>
  private var mask: Int
  private var entryMemory: LargeMemory
  private var entries: UnsafeMutablePointer<Entry>
  private var entryCapacity: Int
  private var arena: UnsafeMutablePointer<UInt8>
  private var arenaCapacity: Int
  private(set) var arenaCount = 0
  private(set) var count = 0
  private let keys: UnsafeMutablePointer<Key>
  private let numbers: UnsafeMutablePointer<UInt32>

  init() {
    let slotCount = 1 << 12
    slotMemory = LargeMemory(byteCount: 8 * slotCount)
    unsafe slots = slotMemory.base.bindMemory(to: UInt64.self, capacity: slotCount)
    mask = slotCount - 1
    entryCapacity = slotCount / 2
    entryMemory = LargeMemory(byteCount: MemoryLayout<Entry>.stride * entryCapacity)
    unsafe entries = entryMemory.base.bindMemory(to: Entry.self, capacity: entryCapacity)
    arenaCapacity = 1 << 12
    unsafe arena = .allocate(capacity: arenaCapacity)
    unsafe keys = .allocate(capacity: Self.batch)
    unsafe numbers = .allocate(capacity: Self.batch)
  }

  deinit {
    unsafe arena.deallocate()
    unsafe keys.deallocate()
    unsafe numbers.deallocate()
  }

  /// What ordering and grouping the terms takes for each, in bytes.
  static let memoryToSort = 40

  /// Bytes held.
  var memory: Int { slotMemory.byteCount + entryMemory.byteCount + arenaCapacity }

  /// The numbers of up to ``batch`` terms, new or known, each with one occurrence more; valid until the next call.
  ///
  /// - Precondition: the terms lie within `text`.
  func addOccurrences(_ terms: UnsafeBufferPointer<TermOccurrence>, of text: UnsafeBufferPointer<UInt8>, stream: UInt16)
    -> UnsafePointer<UInt32>
  {
    precondition(terms.count <= Self.batch)
    guard let base = text.baseAddress else { return unsafe UnsafePointer(numbers) }
    for i in 0..<terms.count {
      let term = unsafe terms[i]
      precondition(term.end <= text.count)
      let key = unsafe Self.key(base, Int(term.start), Int(term.length), limit: text.count, stream: stream)
      unsafe keys[i] = key
      unsafe ckernels_prefetch(slots + (Int(truncatingIfNeeded: key.hash) & mask))
    }
    for i in 0..<terms.count {
      let taken = unsafe slots[Int(truncatingIfNeeded: keys[i].hash) & mask]
      unsafe ckernels_prefetch(entries + (Int(truncatingIfNeeded: taken & 0xFFFF_FFFF) - 1))
    }
    for i in 0..<terms.count {
      let term = unsafe terms[i]
      unsafe numbers[i] = addOccurrence(keys[i], base + Int(term.start), Int(term.length), stream: stream)
    }
    return unsafe UnsafePointer(numbers)
  }

  @inline(__always)
  private func addOccurrence(_ key: Key, _ bytes: UnsafePointer<UInt8>, _ length: Int, stream: UInt16) -> UInt32 {
    let tag = key.hash & 0xFFFF_FFFF_0000_0000
    var slot = Int(truncatingIfNeeded: key.hash) & mask
    while true {
      let taken = unsafe slots[slot]
      if taken == 0 { break }
      if taken & 0xFFFF_FFFF_0000_0000 == tag {
        let number = Int(truncatingIfNeeded: taken & 0xFFFF_FFFF) - 1
        let entry = unsafe entries + number
        if unsafe entry.pointee.head == key.head, unsafe Int(entry.pointee.length) == length,
          unsafe entry.pointee.stream == stream,
          length <= Self.entryLength
            ? unsafe entry.pointee.rest == key.rest
            : unsafe Self.equal(arena + Int(entry.pointee.rest), bytes, length)
        {
          unsafe entry.pointee.occurrences &+= 1
          return UInt32(truncatingIfNeeded: number)
        }
      }
      slot = (slot + 1) & mask
    }
    return unsafe insert(key, bytes, length, stream: stream, slot: slot)
  }

  @inline(never)
  private func insert(_ key: Key, _ bytes: UnsafePointer<UInt8>, _ length: Int, stream: UInt16, slot: Int) -> UInt32 {
    if count == entryCapacity { growEntries() }
    var rest = key.rest
    if length > Self.entryLength {
      if arenaCount + length > arenaCapacity { growArena(length) }
      unsafe (arena + arenaCount).update(from: bytes, count: length)
      rest = UInt64(arenaCount)
      arenaCount += length
    }
    unsafe (entries + count).initialize(
      to: Entry(
        head: key.head, rest: rest, hash: UInt32(truncatingIfNeeded: key.hash), occurrences: 1, length: UInt16(length),
        stream: stream))
    unsafe slots[slot] = key.hash & 0xFFFF_FFFF_0000_0000 | UInt64(count + 1)
    count += 1
    if count * 2 > mask { growSlots() }
    return UInt32(count - 1)
  }

  /// Takes back one occurrence. The term stays known, with no occurrence perhaps.
  func removeOccurrence(_ number: UInt32) {
    precondition(Int(number) < count)
    unsafe entries[Int(number)].occurrences -= 1
  }

  /// How often a term was added.
  @inline(__always)
  func occurrences(_ number: UInt32) -> Int {
    precondition(Int(number) < count)
    return unsafe Int(entries[Int(number)].occurrences)
  }

  /// The stream of a term.
  func stream(_ number: UInt32) -> UInt16 {
    precondition(Int(number) < count)
    return unsafe entries[Int(number)].stream
  }

  /// The bytes of a term for the duration of `body`.
  func withBytes<R, E: Error>(_ number: UInt32, _ body: (UnsafeBufferPointer<UInt8>) throws(E) -> R) throws(E) -> R {
    precondition(Int(number) < count)
    let entry = unsafe entries[Int(number)]
    if Int(entry.length) > Self.entryLength {
      return try unsafe body(UnsafeBufferPointer(start: arena + Int(entry.rest), count: Int(entry.length)))
    }
    var bytes = (entry.head.littleEndian, entry.rest.littleEndian)
    return try unsafe withUnsafeBytes(of: &bytes) { (raw) throws(E) in
      try unsafe body(UnsafeBufferPointer(rebasing: raw.assumingMemoryBound(to: UInt8.self)[..<Int(entry.length)]))
    }
  }

  /// The numbers of all terms that occur, ordered by the rank of their stream, then bytewise.
  func sorted(rankOfStream: [UInt16]) -> [UInt32] {
    struct Key {
      var head: UInt64
      var rest: UInt64
      var number: UInt32
      var rank: UInt16
      var length: UInt16
    }
    var keys: [Key] = []
    keys.reserveCapacity(count)
    for number in 0..<count {
      let entry = unsafe entries[number]
      if entry.occurrences == 0 { continue }
      let isLong = Int(entry.length) > Self.entryLength
      let rest = isLong ? unsafe Self.load64(arena + Int(entry.rest) + 8) : entry.rest
      keys.append(
        Key(
          head: entry.head.byteSwapped, rest: rest.byteSwapped, number: UInt32(number),
          rank: rankOfStream[Int(entry.stream)], length: entry.length))
    }
    keys.sort { a, b in
      if a.rank != b.rank { return a.rank < b.rank }
      if a.head != b.head { return a.head < b.head }
      if a.rest != b.rest { return a.rest < b.rest }
      if Int(min(a.length, b.length)) <= Self.entryLength { return a.length < b.length }
      return unsafe longBytes(a.number).lexicographicallyPrecedes(longBytes(b.number))
    }
    return keys.map(\.number)
  }

  private func longBytes(_ number: UInt32) -> UnsafeBufferPointer<UInt8> {
    let entry = unsafe entries[Int(number)]
    return unsafe UnsafeBufferPointer(start: arena + Int(entry.rest), count: Int(entry.length))
  }

  private func growArena(_ length: Int) {
    let larger = max(arenaCapacity * 2, arenaCount + length)
    let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    unsafe bytes.update(from: arena, count: arenaCount)
    unsafe arena.deallocate()
    unsafe arena = bytes
    arenaCapacity = larger
  }

  private func growEntries() {
    let larger = LargeMemory(byteCount: MemoryLayout<Entry>.stride * entryCapacity * 2)
    let moved = unsafe larger.base.bindMemory(to: Entry.self, capacity: entryCapacity * 2)
    unsafe moved.moveInitialize(from: entries, count: count)
    entryMemory = larger
    unsafe entries = moved
    entryCapacity *= 2
  }

  private func growSlots() {
    let newCount = (mask + 1) * 2
    let larger = LargeMemory(byteCount: 8 * newCount)
    let new = unsafe larger.base.bindMemory(to: UInt64.self, capacity: newCount)
    let newMask = newCount - 1
    for place in 0...mask {
      let taken = unsafe slots[place]
      if taken == 0 { continue }
      let low = unsafe entries[Int(taken & 0xFFFF_FFFF) - 1].hash
      var slot = Int(low) & newMask
      while unsafe new[slot] != 0 { slot = (slot + 1) & newMask }
      unsafe new[slot] = taken
    }
    slotMemory = larger
    unsafe slots = new
    mask = newMask
  }

  @inline(__always)
  private static func equal(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    var i = 0
    while i + 8 <= length {
      if unsafe load64(a + i) != load64(b + i) { return false }
      i += 8
    }
    while i < length {
      if unsafe a[i] != b[i] { return false }
      i += 1
    }
    return true
  }

  @inline(__always)
  private static func load64(_ p: UnsafePointer<UInt8>) -> UInt64 {
    UInt64(littleEndian: unsafe UnsafeRawPointer(p).loadUnaligned(as: UInt64.self))
  }

  @inline(__always)
  private static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }

  /// What an entry and a slot have of the term of `length` bytes at `start` of a text of `limit` bytes.
  @inline(__always)
  private static func key(_ base: UnsafePointer<UInt8>, _ start: Int, _ length: Int, limit: Int, stream: UInt16) -> Key
  {
    let k0: UInt64 = 0xA076_1D64_78BD_642F
    let k1: UInt64 = 0xE703_7ED1_A0B4_28DB
    var head: UInt64
    var rest: UInt64
    if start + entryLength <= limit {
      unsafe head = load64(base + start)
      unsafe rest = load64(base + start + 8)
    } else {
      unsafe (head, rest) = loadLast(base, start, limit)
    }
    head &= UInt64.max >> UInt64(truncatingIfNeeded: 64 - 8 * min(length, 8))
    rest &= UInt64.max >> UInt64(truncatingIfNeeded: 128 - 8 * max(8, min(length, 16)))
    var state = UInt64(stream) &* k1 ^ k0
    if length > entryLength {
      var i = 16
      while i + 8 <= length {
        state = unsafe fold(load64(base + start + i) ^ k1, state)
        i += 8
      }
      state = unsafe fold(load64(base + start + length - 8) ^ k0, state)
    }
    return Key(head: head, rest: rest, hash: fold(k1 ^ UInt64(length), fold(head ^ k1, rest ^ state)))
  }

  /// Up to 16 bytes before the end of a text.
  @inline(never)
  private static func loadLast(_ base: UnsafePointer<UInt8>, _ start: Int, _ limit: Int) -> (UInt64, UInt64) {
    var head: UInt64 = 0
    var rest: UInt64 = 0
    for i in 0..<min(16, limit - start) {
      let byte = unsafe UInt64(base[start + i])
      if i < 8 { head |= byte << UInt64(8 * i) } else { rest |= byte << UInt64(8 * (i - 8)) }
    }
    return (head, rest)
  }
}
