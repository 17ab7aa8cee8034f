// The distinct terms of a segment that is being built.

/// A hash table from (stream, bytes) to a number counted from 0, with the terms' bytes in an arena and a
/// count of occurrences. A stream is a field's term space, numbered by the builder.
///
/// Open addressing with linear probing; a slot holds the upper half of the hash and the term's number plus
/// one. The hash multiplies and folds 128-bit products (the construction of wyhash, Wang Yi 2019).
///
/// Invariants: at most half of the slots are taken; `entries[n]` is valid for every n < count and its bytes lie
/// within the arena; pointers are owned here and never leave but for the duration of a call.
@safe
final class TermTable {
  private struct Entry {
    var offset: UInt32
    var hash: UInt32
    var occurrences: UInt32
    var length: UInt16
    var stream: UInt16
  }

  /// The arena's limit: offsets are 32 bits.
  static let arenaLimit = Int(UInt32.max) - (1 << 20)

  private var slots: UnsafeMutablePointer<UInt64>
  private var mask: Int
  private var entries: UnsafeMutablePointer<Entry>
  private var entryCapacity: Int
  private var arena: UnsafeMutablePointer<UInt8>
  private var arenaCapacity: Int
  private(set) var arenaCount = 0
  private(set) var count = 0

  init() {
    let slotCount = 1 << 12
    unsafe slots = .allocate(capacity: slotCount)
    unsafe slots.initialize(repeating: 0, count: slotCount)
    mask = slotCount - 1
    entryCapacity = slotCount / 2
    unsafe entries = .allocate(capacity: entryCapacity)
    arenaCapacity = 1 << 15
    unsafe arena = .allocate(capacity: arenaCapacity)
  }

  deinit {
    unsafe slots.deallocate()
    unsafe entries.deallocate()
    unsafe arena.deallocate()
  }

  /// Bytes held.
  var memory: Int { 8 * (mask + 1) + MemoryLayout<Entry>.stride * entryCapacity + arenaCapacity }

  /// The number of a term, new or known, with one occurrence more.
  @inline(__always)
  func addOccurrence(_ bytes: UnsafePointer<UInt8>, _ length: Int, stream: UInt16) -> UInt32 {
    let hash = unsafe Self.hash(bytes, length, seed: UInt64(stream))
    let tag = hash & 0xFFFF_FFFF_0000_0000
    var slot = Int(truncatingIfNeeded: hash) & mask
    while true {
      let taken = unsafe slots[slot]
      if taken == 0 { break }
      if taken & 0xFFFF_FFFF_0000_0000 == tag {
        let number = Int(truncatingIfNeeded: taken & 0xFFFF_FFFF) - 1
        let entry = unsafe entries + number
        if unsafe Int(entry.pointee.length) == length, unsafe entry.pointee.stream == stream,
          unsafe Self.equal(arena + Int(entry.pointee.offset), bytes, length)
        {
          unsafe entry.pointee.occurrences &+= 1
          return UInt32(truncatingIfNeeded: number)
        }
      }
      slot = (slot + 1) & mask
    }
    return unsafe insert(bytes, length, stream: stream, hash: hash, slot: slot)
  }

  private func insert(_ bytes: UnsafePointer<UInt8>, _ length: Int, stream: UInt16, hash: UInt64, slot: Int) -> UInt32 {
    if arenaCount + length > arenaCapacity { growArena(length) }
    if count == entryCapacity { growEntries() }
    unsafe (arena + arenaCount).update(from: bytes, count: length)
    unsafe (entries + count).initialize(
      to: Entry(
        offset: UInt32(arenaCount), hash: UInt32(truncatingIfNeeded: hash), occurrences: 1, length: UInt16(length),
        stream: stream))
    arenaCount += length
    unsafe slots[slot] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(count + 1)
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
    return try unsafe body(UnsafeBufferPointer(start: arena + Int(entry.offset), count: Int(entry.length)))
  }

  /// The numbers of all terms that occur, ordered by the rank of their stream, then bytewise.
  func sorted(rankOfStream: [UInt16]) -> [UInt32] {
    struct Key {
      var rank: UInt16
      var number: UInt32
      var prefix: UInt64
    }
    var keys: [Key] = []
    keys.reserveCapacity(count)
    for number in 0..<count {
      let entry = unsafe entries[number]
      if entry.occurrences == 0 { continue }
      let bytes = unsafe UnsafeBufferPointer(start: arena + Int(entry.offset), count: Int(entry.length))
      keys.append(
        Key(rank: rankOfStream[Int(entry.stream)], number: UInt32(number), prefix: unsafe TermPrefix.of(bytes)))
    }
    keys.sort { a, b in
      if a.rank != b.rank { return a.rank < b.rank }
      if a.prefix != b.prefix { return a.prefix < b.prefix }
      let x = unsafe entries[Int(a.number)]
      let y = unsafe entries[Int(b.number)]
      let shared = Int(min(x.length, y.length))
      let order = unsafe memoryOrder(arena + Int(x.offset), arena + Int(y.offset), shared)
      return order != 0 ? order < 0 : x.length < y.length
    }
    return keys.map(\.number)
  }

  private func memoryOrder(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ count: Int) -> Int {
    for i in 0..<count {
      let difference = unsafe Int(a[i]) - Int(b[i])
      if difference != 0 { return difference }
    }
    return 0
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
    let larger = entryCapacity * 2
    let moved = UnsafeMutablePointer<Entry>.allocate(capacity: larger)
    unsafe moved.moveInitialize(from: entries, count: count)
    unsafe entries.deallocate()
    unsafe entries = moved
    entryCapacity = larger
  }

  private func growSlots() {
    let old = unsafe slots
    let oldCount = mask + 1
    let newCount = oldCount * 2
    unsafe slots = .allocate(capacity: newCount)
    unsafe slots.initialize(repeating: 0, count: newCount)
    mask = newCount - 1
    for place in 0..<oldCount {
      let taken = unsafe old[place]
      if taken == 0 { continue }
      let low = unsafe entries[Int(taken & 0xFFFF_FFFF) - 1].hash
      var slot = Int(low) & mask
      while unsafe slots[slot] != 0 { slot = (slot + 1) & mask }
      unsafe slots[slot] = taken
    }
    unsafe old.deallocate()
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
    unsafe UnsafeRawPointer(p).loadUnaligned(as: UInt64.self)
  }

  @inline(__always)
  private static func load32(_ p: UnsafePointer<UInt8>) -> UInt64 {
    unsafe UInt64(UnsafeRawPointer(p).loadUnaligned(as: UInt32.self))
  }

  @inline(__always)
  private static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    return product.high ^ product.low
  }

  @inline(__always)
  private static func hash(_ bytes: UnsafePointer<UInt8>, _ length: Int, seed: UInt64) -> UInt64 {
    let k0: UInt64 = 0xA076_1D64_78BD_642F
    let k1: UInt64 = 0xE703_7ED1_A0B4_28DB
    var state = seed &* k1 ^ k0
    var a: UInt64
    var b: UInt64
    if length <= 16 {
      if length >= 8 {
        a = unsafe load64(bytes)
        b = unsafe load64(bytes + length - 8)
      } else if length >= 4 {
        a = unsafe load32(bytes)
        b = unsafe load32(bytes + length - 4)
      } else if length > 0 {
        a = unsafe UInt64(bytes[0]) << 16 | UInt64(bytes[length / 2]) << 8 | UInt64(bytes[length - 1])
        b = 0
      } else {
        a = 0
        b = 0
      }
    } else {
      var i = 0
      while i + 16 < length {
        state = unsafe fold(load64(bytes + i) ^ k1, load64(bytes + i + 8) ^ state)
        i += 16
      }
      a = unsafe load64(bytes + length - 16)
      b = unsafe load64(bytes + length - 8)
    }
    return fold(k1 ^ UInt64(length), fold(a ^ k1, b ^ state))
  }
}
