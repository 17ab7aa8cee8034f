// The kernels over batches of candidates, with and without vectors, against the obvious.

import CKernels
import TestSupport
import Testing

@Suite struct CandidateKernelsTests {
  /// Ascending numbers without repetition.
  private func ascending(_ count: Int, below limit: UInt32, _ generator: inout SeededGenerator) -> [UInt32] {
    var numbers: Set<UInt32> = []
    while numbers.count < count { numbers.insert(UInt32.random(in: 0..<limit, using: &generator)) }
    return numbers.sorted()
  }

  @Test(arguments: 0..<200 as Range<UInt64>) func findsCandidatesInABlock(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let limit: UInt32 = [140, 300, 5_000, 1 << 30].randomElement(using: &generator) ?? 140
    var block = ascending(128, below: limit, &generator)
    // A short block has the highest number behind its documents.
    let length = Int.random(in: 1...128, using: &generator)
    for place in length..<128 { block[place] = UInt32(Int32.max) }
    let candidates = ascending(Int.random(in: 1...128, using: &generator), below: limit, &generator)
    var expected: [[UInt8]] = [[], []]
    for (place, candidate) in candidates.enumerated() {
      guard let found = block.firstIndex(of: candidate) else { continue }
      expected[0].append(UInt8(place))
      expected[1].append(UInt8(found))
    }
    for find in [ckernels_intersect128, ckernels_intersect128_plain] {
      var places = [UInt8](repeating: 0, count: 136)
      var blockPlaces = places
      let count = Int(find(candidates, Int32(candidates.count), block, &places, &blockPlaces))
      #expect([Array(places[..<count]), Array(blockPlaces[..<count])] == expected, "seed \(seed)")
    }
    for target in candidates {
      let below = Int32(block.count { $0 < target })
      #expect(ckernels_rank128(block, target) == below, "seed \(seed)")
      #expect(ckernels_rank128_plain(block, target) == below, "seed \(seed)")
    }
  }

  @Test(arguments: 0..<200 as Range<UInt64>) func findsCandidatesInABitSet(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let wordCount = Int.random(in: 2...63, using: &generator)
    let base = UInt32.random(in: 0..<1_000, using: &generator)
    let members = ascending(128, below: UInt32(64 * wordCount), &generator)
    var words = [UInt8](repeating: 0, count: 8 * wordCount)
    for member in members { words[Int(member) >> 3] |= 1 << UInt8(member & 7) }
    let candidates = ascending(
      Int.random(in: 1...128, using: &generator), below: UInt32(64 * wordCount + 100), &generator
    )
    .map { $0 + base }
    var places = [UInt8](repeating: 0, count: 136)
    var blockPlaces = places
    let count = Int(
      ckernels_intersect_bits(
        candidates, Int32(candidates.count), base, words, Int32(wordCount), &places, &blockPlaces))
    var expected: [[UInt8]] = [[], []]
    for (place, candidate) in candidates.enumerated() {
      guard let found = members.firstIndex(of: candidate - base) else { continue }
      expected[0].append(UInt8(place))
      expected[1].append(UInt8(found))
    }
    #expect([Array(places[..<count]), Array(blockPlaces[..<count])] == expected, "seed \(seed)")
    for highest in 0..<UInt32(64 * wordCount) {
      #expect((ckernels_is_bit_set(words, Int32(wordCount), highest) != 0) == (highest == members[127]), "seed \(seed)")
    }
  }

  @Test(arguments: 0..<100 as Range<UInt64>) func scoresToTheBit(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let count = Int.random(in: 1...128, using: &generator)
    let documents = ascending(count, below: 1_000, &generator)
    let frequencies = (0..<count).map { _ in UInt32.random(in: 1...40, using: &generator) }
    let norms = (0..<1_003).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let factors = (0..<256).map { _ in Float.random(in: 0...4, using: &generator) }
    let weight = Float.random(in: 0...12, using: &generator)
    for hasNorms in [true, false] {
      let expected = (0..<count).map { place -> Float in
        let frequency = Float(frequencies[place])
        let factor = factors[hasNorms ? Int(norms[Int(documents[place])]) : 0]
        return weight * (frequency / (frequency + factor))
      }
      for score in [ckernels_score, ckernels_score_plain] {
        var scores = [Float](repeating: 0, count: 136)
        score(documents, frequencies, Int32(count), hasNorms ? norms : nil, factors, weight, &scores)
        #expect(Array(scores[..<count]) == expected, "seed \(seed)")
        let threshold = expected.randomElement(using: &generator) ?? 0
        let wanted = expected.indices.filter { expected[$0] > threshold }.map { UInt8($0) }
        for select in [ckernels_select_above, ckernels_select_above_plain] {
          var places = [UInt8](repeating: 0, count: 136)
          let found = Int(select(scores, Int32(count), threshold, &places))
          #expect(Array(places[..<found]) == wanted, "seed \(seed)")
        }
      }
    }
  }

  @Test(arguments: 0..<100 as Range<UInt64>) func addsUpAndSiftsAWindow(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let words = Int.random(in: 1...32, using: &generator)
    let start = UInt32.random(in: 0..<10_000, using: &generator)
    var sums = [Double](repeating: 0, count: 64 * words)
    var marks = [UInt64](repeating: 0, count: words + 2)
    var marked = marks
    var expected = sums
    var members: Set<Int> = []
    for _ in 0..<3 {
      let documents = ascending(
        Int.random(in: 1...min(128, 64 * words), using: &generator), below: UInt32(64 * words), &generator
      )
      .map { $0 + start }
      let scores = documents.map { _ in Float.random(in: 0...9, using: &generator) }
      let from = Int.random(in: 0..<documents.count, using: &generator)
      let to = Int.random(in: from...documents.count, using: &generator)
      ckernels_accumulate(documents, scores, Int32(from), Int32(to), start, &sums, &marks)
      ckernels_mark(documents, Int32(from), Int32(to), start, &marked)
      for place in from..<to {
        expected[Int(documents[place] - start)] += Double(scores[place])
        members.insert(Int(documents[place] - start))
      }
    }
    #expect(sums == expected, "seed \(seed)")
    #expect(marks == marked, "seed \(seed)")
    var found: Set<Int> = []
    for slot in 0..<64 * words where marks[slot >> 6] >> UInt64(slot & 63) & 1 == 1 { found.insert(slot) }
    #expect(found == members, "seed \(seed)")
    #expect(ckernels_count_bits(marks, Int32(words)) == Int64(members.count))
    let minimum = Double.random(in: 0...12, using: &generator)
    let wanted = members.sorted().filter { expected[$0] > minimum }.map { UInt32($0) }
    var slots = [UInt32](repeating: 0, count: 64 * words + 1)
    let sifted = Int(ckernels_sift(marks, Int32(words), sums, minimum, &slots))
    #expect(Array(slots[..<sifted]) == wanted, "seed \(seed)")
    for sift in [ckernels_sift_all, ckernels_sift_all_plain] {
      let found = Int(sift(sums, Int32(64 * words), minimum, &slots))
      #expect(Array(slots[..<found]) == wanted, "seed \(seed)")
    }
  }

  @Test(arguments: 0..<100 as Range<UInt64>) func selectsWhatIsFrequent(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let count = Int.random(in: 1...128, using: &generator)
    let highest: UInt32 = [3, 40, UInt32(Int32.max)].randomElement(using: &generator) ?? 3
    let values = (0..<136).map { _ in UInt32.random(in: 0...highest, using: &generator) }
    let minimum = UInt32.random(in: 1...highest, using: &generator)
    let wanted = (0..<count).filter { values[$0] >= minimum }.map { UInt8($0) }
    for select in [ckernels_select_from, ckernels_select_from_plain] {
      var places = [UInt8](repeating: 0, count: 136)
      let found = Int(select(values, Int32(count), minimum, &places))
      #expect(Array(places[..<found]) == wanted, "seed \(seed)")
    }
  }

  @Test(arguments: 0..<100 as Range<UInt64>) func marksABitSetAnywhere(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let wordCount = Int.random(in: 1...20, using: &generator)
    let words = (0..<8 * wordCount).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let bit = Int.random(in: 0..<500, using: &generator)
    var marks = [UInt64](repeating: 0, count: 40)
    ckernels_mark_bits(words, Int32(wordCount), UInt32(bit), &marks)
    for place in 0..<64 * 40 {
      let source = place - bit
      let isSet = source >= 0 && source < 64 * wordCount && words[source >> 3] >> UInt8(source & 7) & 1 == 1
      #expect((marks[place >> 6] >> UInt64(place & 63) & 1 == 1) == isSet, "seed \(seed), bit \(place)")
    }
  }
}
