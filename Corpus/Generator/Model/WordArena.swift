// The bytes of all stored words, in slots of one size.

/// Words in slots of 16 bytes: the UTF-8 text from the start of the slot, its length in the last byte.
///
/// A fixed size makes copying a word one 16-byte move, without a branch on its length; slots this small keep the words of
/// all languages in the second-level cache. Words of more than ``maximumLength`` bytes are refused by ``append(_:)``. An arena is filled while a lexicon is built and not
/// changed afterwards, hence `Sendable`.
final class WordArena: @unchecked Sendable {
  /// Bytes per slot.
  static let slotSize = 16
  /// The longest text that a slot takes, in bytes.
  static let maximumLength = 15

  /// What the hot loop copies from.
  struct View {
    let base: UnsafeRawPointer

    /// Copies a word to `out`, where 16 bytes have to be free, and returns the end of the copy.
    @inline(__always)
    func copy(_ slot: Int, to out: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
      let source = base + slot &* WordArena.slotSize
      out.storeBytes(of: source.loadUnaligned(as: SIMD16<UInt8>.self), as: SIMD16<UInt8>.self)
      return out + Int(source.load(fromByteOffset: WordArena.maximumLength, as: UInt8.self))
    }
  }

  private let storage: UnsafeMutableRawBufferPointer
  private(set) var count = 0

  /// An empty arena for at most `capacity` words.
  init(capacity: Int) {
    storage = .allocate(byteCount: capacity * Self.slotSize, alignment: 64)
    storage.initializeMemory(as: UInt8.self, repeating: 0)
  }

  deinit { storage.deallocate() }

  /// Adds a word and returns its slot. The arena must have room and the word must fit a slot: both are decided by the
  /// word lists in the source, not by input.
  @discardableResult
  func append(_ word: some Sequence<UInt8>) -> Int {
    let start = count * Self.slotSize
    precondition(start + Self.slotSize <= storage.count, "the arena is full")
    var length = 0
    for byte in word {
      precondition(length < Self.maximumLength, "a word is longer than a slot")
      storage[start + length] = byte
      length += 1
    }
    storage[start + Self.slotSize - 1] = UInt8(length)
    count += 1
    return count - 1
  }

  /// The text of a slot.
  func bytes(_ slot: Int) -> [UInt8] {
    let start = slot * Self.slotSize
    return Array(storage[start..<start + Int(storage[start + Self.slotSize - 1])])
  }

  /// The slots for the hot loop. The arena has to outlive the view.
  var view: View {
    guard let base = storage.baseAddress else { preconditionFailure("an arena has a capacity above zero") }
    return View(base: UnsafeRawPointer(base))
  }
}
