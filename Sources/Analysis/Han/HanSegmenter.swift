// Cuts runs of Han characters and kana into dictionary words.
internal import CICU

/// Segments by the cheapest path through ICU's dictionary, with the same costs and rules as ICU's break engine for
/// Chinese and Japanese (`CjkBreakEngine`), so the words are the same as its break iterator gives for the run alone.
struct HanSegmenter {
  private static let maximumWord: Int32 = 20
  private static let unknownCost: UInt32 = 255
  private static let maximumKatakana = 20
  private static let katakanaCosts: [UInt32] = [8192, 984, 408, 240, 204, 252, 300, 372, 480]

  private let dictionary: OpaquePointer
  private let best = UnsafeMutablePointer<UInt32>.allocate(capacity: HanRun.maximumUnits + 32)
  private let previous = UnsafeMutablePointer<Int32>.allocate(capacity: HanRun.maximumUnits + 32)
  private let lengths = UnsafeMutablePointer<Int32>.allocate(capacity: 64)
  private let costs = UnsafeMutablePointer<Int32>.allocate(capacity: 64)

  init?() {
    guard let shared = cicu_dictionary_shared() else { return nil }
    dictionary = shared
  }

  func deallocate() {
    best.deallocate()
    previous.deallocate()
    lengths.deallocate()
    costs.deallocate()
  }

  static var version: String {
    guard let shared = cicu_dictionary_shared(), let text = cicu_dictionary_version(shared) else { return "none" }
    return String(cString: text)
  }

  /// Calls `body` with the word ends in `units`, last first, and 0 not included.
  @inline(__always)
  func forEachEndBackward(
    _ units: UnsafePointer<UInt16>, count: Int, userWords: UserWords?, _ body: (Int) -> Void
  ) {
    best[0] = 0
    for i in 1..<(count + 1) { best[i] = .max }
    var afterKatakana = false
    for i in 0..<count where best[i] != .max {
      let unit = units[i]
      let here = best[i]
      let room = Int32(truncatingIfNeeded: min(count - i, Int(HanSegmenter.maximumWord)))
      var found = Int(cicu_dictionary_prefixes(dictionary, units + i, room, lengths, costs, 32))
      let single: Int32 = unit & 0xFC00 == 0xD800 && i + 1 < count ? 2 : 1
      if found == 0 || lengths[0] != single {
        lengths[found] = single
        costs[found] = Int32(HanSegmenter.unknownCost)
        found += 1
      }
      for j in 0..<found { relax(i, Int(lengths[j]), here &+ UInt32(truncatingIfNeeded: costs[j])) }
      if let userWords {
        userWords.forEachPrefix(units + i, count: count - i) { relax(i, $0, here &+ UserWords.cost) }
      }
      let isKatakana = HanSegmenter.isKatakana(unit)
      if isKatakana && !afterKatakana {
        var length = 1
        while i + length < count, length < HanSegmenter.maximumKatakana, HanSegmenter.isKatakana(units[i + length]) {
          length += 1
        }
        if length < HanSegmenter.maximumKatakana {
          let table = HanSegmenter.katakanaCosts
          relax(i, length, here &+ (length < table.count ? table[length] : table[0]))
        }
      }
      afterKatakana = isKatakana
    }
    var end = count
    while end > 0 {
      body(end)
      end = Int(previous[end])
    }
  }

  @inline(__always)
  private func relax(_ start: Int, _ length: Int, _ cost: UInt32) {
    if cost < best[start + length] {
      best[start + length] = cost
      previous[start + length] = Int32(truncatingIfNeeded: start)
    }
  }

  /// The lengths of the words, the dictionary's and the user's, that begin at `units`.
  func words(_ units: UnsafePointer<UInt16>, count: Int, userWords: UserWords?) -> [Int] {
    let room = Int32(truncatingIfNeeded: min(count, Int(HanSegmenter.maximumWord)))
    let found = cicu_dictionary_prefixes(dictionary, units, room, lengths, costs, 32)
    var words = (0..<Int(found)).map { Int(lengths[$0]) }
    userWords?.forEachPrefix(units, count: count) { words.append($0) }
    return words
  }

  @inline(__always)
  private static func isKatakana(_ unit: UInt16) -> Bool {
    unit >= 0x30A1 && unit <= 0x30FE && unit != 0x30FB
  }
}
