// Finds the lowest of many keys without sorting them.

enum Selection {
  /// Moves the `lowest` lowest of `count` different keys to the front, in any order: Hoare's quickselect with the median of
  /// three places that follow from nothing but the size, so that it does the same every time. O(count) on average.
  ///
  /// - Precondition: `keys` has `count` keys, and `0 <= lowest <= count`.
  static func partition(_ keys: UnsafeMutablePointer<UInt64>, _ count: Int, lowest: Int) {
    var low = 0
    var high = count - 1
    var state = UInt64(truncatingIfNeeded: count) | 1
    while low < high, lowest > low, lowest <= high {
      func place() -> Int {
        // Knuth's multiplier of linear congruences (MMIX).
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return low + Int(truncatingIfNeeded: (state >> 33) % UInt64(high - low + 1))
      }
      let (a, b, c) = unsafe (keys[place()], keys[place()], keys[place()])
      let pivot = max(min(a, b), min(max(a, b), c))
      var i = low
      var j = high
      while i <= j {
        while unsafe keys[i] < pivot { i += 1 }
        while unsafe keys[j] > pivot { j -= 1 }
        if i <= j {
          let key = unsafe keys[i]
          unsafe keys[i] = keys[j]
          unsafe keys[j] = key
          i += 1
          j -= 1
        }
      }
      // Now low...j <= pivot <= i...high, and what is between them is the pivot.
      if lowest <= j { high = j } else if lowest > i { low = i } else { return }
    }
  }
}
