// The table of terms against a dictionary.

import TestSupport
import Testing

@testable import InvertedIndex

@Suite struct TermTableTests {
  private struct Key: Hashable {
    let stream: UInt16
    let bytes: [UInt8]
  }

  /// Terms of all lengths around those that are kept in another way, with few different bytes, so that they share
  /// beginnings and are often zero.
  private func term(using generator: inout SeededGenerator) -> [UInt8] {
    let length = [0, 1, 2, 7, 8, 9, 15, 16, 17, 18, 24, 25, 40].randomElement(using: &generator) ?? 0
    return (0..<length).map { _ in [0, 1, 0x61, 0xFF].randomElement(using: &generator) ?? 0 }
  }

  @Test(arguments: UInt64(0)..<8) func countsAndOrderAreThoseOfADictionary(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let table = TermTable()
    var counts: [Key: Int] = [:]
    var numbers: [Key: UInt32] = [:]
    for _ in 0..<2_000 {
      let stream = UInt16.random(in: 0..<3, using: &generator)
      let terms = (0..<Int.random(in: 1...TermTable.batch, using: &generator)).map { _ in term(using: &generator) }
      let text = terms.flatMap { $0 }
      var start = 0
      let occurrences = terms.map { term in
        defer { start += term.count }
        return TermOccurrence(start: UInt32(start), length: UInt32(term.count), position: 0)
      }
      // One byte of room, so that a text of empty terms has an address too.
      (text + [0]).withUnsafeBufferPointer { text in
        occurrences.withUnsafeBufferPointer { occurrences in
          let found = table.addOccurrences(occurrences, of: text, stream: stream)
          for (place, bytes) in terms.enumerated() {
            let key = Key(stream: stream, bytes: bytes)
            counts[key, default: 0] += 1
            #expect(numbers[key, default: found[place]] == found[place])
            numbers[key] = found[place]
          }
        }
      }
    }
    #expect(table.count == counts.count)
    for (key, number) in numbers {
      #expect(table.occurrences(number) == counts[key])
      #expect(table.stream(number) == key.stream)
      table.withBytes(number) { #expect(Array($0) == key.bytes) }
    }
    let rank: [UInt16] = [2, 0, 1]
    let expected = numbers.sorted { a, b in
      a.key.stream == b.key.stream
        ? a.key.bytes.lexicographicallyPrecedes(b.key.bytes)
        : rank[Int(a.key.stream)] < rank[Int(b.key.stream)]
    }
    #expect(table.sorted(rankOfStream: rank) == expected.map(\.value))
  }

  @Test func aTermWithoutOccurrencesIsNotWritten() {
    let table = TermTable()
    let text: [UInt8] = [0x61, 0x62]
    let occurrences = [
      TermOccurrence(start: 0, length: 1, position: 0), TermOccurrence(start: 1, length: 1, position: 1),
    ]
    text.withUnsafeBufferPointer { text in
      occurrences.withUnsafeBufferPointer { table.removeOccurrence(table.addOccurrences($0, of: text, stream: 0)[0]) }
    }
    #expect(table.sorted(rankOfStream: [0]).count == 1)
  }
}
