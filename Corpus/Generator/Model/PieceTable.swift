// Parts of composed words, for copying without branches.

/// Short texts of at most seven bytes in slots of eight, the length in the last byte.
///
/// Filled by `init` and not changed afterwards, hence `Sendable`.
final class PieceTable: @unchecked Sendable {
  /// What the composers copy from.
  struct View {
    let base: UnsafeRawPointer
    let count: UInt64

    /// Copies the piece that 16 random bits choose to `out`, where 8 bytes have to be free; returns the end of the copy.
    @inline(__always)
    func copy(_ random: UInt64, to out: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
      copy(at: Int(truncatingIfNeeded: ((random & 0xFFFF) &* count) &>> 16), to: out)
    }

    /// Copies the piece at an index below `count`.
    @inline(__always)
    func copy(at index: Int, to out: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
      let word = base.load(fromByteOffset: index &* 8, as: UInt64.self)
      out.storeBytes(of: word, as: UInt64.self)
      return out + Int(truncatingIfNeeded: word.littleEndian &>> 56)
    }
  }

  private let storage: UnsafeMutableRawBufferPointer

  /// The table of texts, each of at most seven bytes; at least one and at most 65 536, which is what 16 bits choose among.
  init(_ texts: [String]) {
    precondition(!texts.isEmpty && texts.count <= 65_536)
    storage = .allocate(byteCount: texts.count * 8, alignment: 64)
    storage.initializeMemory(as: UInt8.self, repeating: 0)
    for (index, text) in texts.enumerated() {
      precondition(text.utf8.count <= 7, "a piece is longer than its slot")
      for (offset, byte) in text.utf8.enumerated() { storage[index * 8 + offset] = byte }
      storage[index * 8 + 7] = UInt8(text.utf8.count)
    }
  }

  deinit { storage.deallocate() }

  /// The slots for the composers. The table has to outlive the view.
  var view: View {
    guard let base = storage.baseAddress else { preconditionFailure("a piece table is never empty") }
    return View(base: UnsafeRawPointer(base), count: UInt64(storage.count / 8))
  }
}
