// Measures and tests of significance beside those of ir_measures and SciPy.

import Testing

@testable import Effectiveness

@Suite struct MeasureTests {
  /// Six queries with grades from -1 to 3, equal scores, scores that differ only in double precision, documents without a
  /// judgement, and a query of which nothing was found.
  static let judgements = """
    q0 0 d0 0
    q0 0 d1 0
    q0 0 d2 3
    q0 0 d3 3
    q0 0 d4 3
    q0 0 d5 0
    q0 0 d6 0
    q0 0 d7 3
    q0 0 d8 3
    q0 0 d9 0
    q0 0 d12 3
    q0 0 d13 0
    q1 0 d3 3
    q1 0 d5 3
    q1 0 d9 3
    q1 0 d10 1
    q1 0 d11 2
    q1 0 d12 0
    q2 0 d1 0
    q2 0 d3 -1
    q2 0 d4 -1
    q2 0 d9 2
    q2 0 d11 2
    q2 0 d12 3
    q2 0 d13 0
    q3 0 d0 0
    q3 0 d3 2
    q3 0 d6 0
    q3 0 d7 0
    q3 0 d8 -1
    q3 0 d9 2
    q3 0 d11 1
    q3 0 d12 2
    q4 0 d1 3
    q4 0 d2 0
    q4 0 d5 0
    q4 0 d7 1
    q4 0 d10 0
    q4 0 d13 2
    q5 0 d0 0
    q5 0 d1 1
    q5 0 d3 -1
    q5 0 d4 0
    q5 0 d5 3
    q5 0 d6 -1
    q5 0 d8 3
    q5 0 d9 -1
    q5 0 d12 1
    q9 0 d1 0
    """
  static let run = """
    q0 Q0 d4 1 1.5 t
    q0 Q0 d9 2 3 t
    q0 Q0 d6 3 1 t
    q1 Q0 d7 1 2 t
    q1 Q0 d2 2 1.5 t
    q1 Q0 d9 3 2.0000001 t
    q1 Q0 d4 4 2.0000001 t
    q1 Q0 d8 5 1 t
    q1 Q0 é 6 1 t
    q1 Q0 d5 7 3 t
    q1 Q0 d11 8 3 t
    q1 Q0 d13 9 2 t
    q1 Q0 d1 10 2 t
    q1 Q0 d0 11 2 t
    q1 Q0 d12 12 3 t
    q1 Q0 d3 13 2.0000001 t
    q1 Q0 x1 14 3 t
    q2 Q0 d9 1 2.0000001 t
    q2 Q0 d4 2 1 t
    q2 Q0 d11 3 1.5 t
    q2 Q0 d3 4 2.0000001 t
    q2 Q0 d6 5 2.0000001 t
    q2 Q0 d12 6 3 t
    q3 Q0 d10 1 2.0000001 t
    q3 Q0 d4 2 1 t
    q3 Q0 d11 3 2.0000001 t
    q3 Q0 d13 4 2.0000001 t
    q3 Q0 d8 5 1 t
    q3 Q0 d9 6 1.5 t
    q3 Q0 é 7 1 t
    q3 Q0 d0 8 1.5 t
    q3 Q0 d7 9 2.0000001 t
    q3 Q0 d6 10 1.5 t
    q3 Q0 d3 11 1 t
    q3 Q0 d12 12 2 t
    q5 Q0 d7 1 1.5 t
    q5 Q0 d10 2 1.5 t
    q5 Q0 x2 3 3 t
    q5 Q0 d3 4 2.0000001 t
    q5 Q0 d9 5 2 t
    q5 Q0 d13 6 1 t
    q5 Q0 d11 7 1 t
    q5 Q0 d6 8 2 t
    q9 Q0 d1 1 1 t
    q8 Q0 d1 1 1 t
    """
  /// What ir_measures 0.4.3 computes: nDCG@10, RR@10, R@100, AP.
  static let expected: [(query: String, values: [Double])] = [
    ("q0", [0.190921, 0.5, 0.166667, 0.083333]), ("q1", [0.636186, 1.0, 0.8, 0.42]),
    ("q2", [0.956993, 1.0, 1.0, 0.866667]), ("q3", [0.456702, 0.5, 1.0, 0.416667]), ("q4", [0, 0, 0, 0]),
    ("q5", [0, 0, 0, 0]),
  ]

  @Test func everyMeasureIsThatOfIRMeasures() throws {
    let evaluation = RunEvaluation(try Run(trec: Self.run), try Judgements(trec: Self.judgements))
    #expect(evaluation.queries == Self.expected.map(\.query))
    for (place, (query, values)) in Self.expected.enumerated() {
      for (measure, value) in zip([Measure.nDCG10, .reciprocalRank10, .recall100, .averagePrecision], values) {
        let found = try #require(evaluation.values[measure])[place]
        #expect(abs(found - value) < 1e-6, "\(measure) of \(query): \(found)")
      }
    }
    #expect(abs(evaluation.mean(.nDCG10) - 0.373467) < 1e-6)
    #expect(abs(evaluation.mean(.averagePrecision) - 0.297778) < 1e-6)
    #expect(abs(evaluation.mean(.empty) - 1.0 / 6) < 1e-9)
  }

  @Test func ranksAndTheOrderOfLinesDoNotMatter() throws {
    let judgements = try Judgements(trec: Self.judgements)
    let lines = Self.run.split(separator: "\n")
    let reversed = try Run(trec: lines.reversed().joined(separator: "\r\n"))
    let straight = RunEvaluation(try Run(trec: Self.run), judgements)
    #expect(RunEvaluation(reversed, judgements).values == straight.values)
  }

  @Test func malformedLinesAreNamed() {
    for (text, line) in [
      ("q 0 d 1\nq 0 d\n", 2), ("q 0 d one\n", 1), ("\n\nq 0 d 1 2\n", 3),
    ] {
      #expect { try Judgements(trec: text) } throws: { ($0 as? TRECFormatError)?.line == line }
    }
    for (text, line) in [
      ("q Q0 d 1 2.5\n", 1), ("q Q0 d 1 x t\n", 1), ("q Q0 d 1 nan t\n", 1),
      ("q Q0 d 1 3 t\nr Q0 d 1 3 t\nq Q0 d 2 2 t\n", 3),
    ] {
      #expect { try Run(trec: text) } throws: { ($0 as? TRECFormatError)?.line == line }
    }
  }

  @Test func aBetterRankingIsNeverWorse() throws {
    // Moving a relevant document up cannot lower a measure.
    var judgements = Judgements()
    for place in 0..<20 { judgements.add(query: "q", document: "d\(place)", grade: place % 4 == 0 ? 1 : 0) }
    var order = (0..<20).map { "d\($0)" }
    func evaluation() -> RunEvaluation {
      var run = Run()
      run.set(order.enumerated().map { Run.Entry($0.element, Double(-$0.offset)) }, for: "q")
      return RunEvaluation(run, judgements)
    }
    var last = evaluation()
    for place in stride(from: 4, to: 20, by: 4) {
      order.swapAt(place, place - 1)
      let next = evaluation()
      for measure in [Measure.nDCG10, .reciprocalRank10, .recall100, .averagePrecision] {
        #expect(next.mean(measure) >= last.mean(measure) - 1e-12, "\(measure)")
      }
      last = next
    }
  }
}

@Suite struct PairedComparisonTests {
  static let first = [0.1, 0.5, 0.3, 0.9, 0.4, 0.7, 0.2, 0.8]
  static let second = [0.2, 0.5, 0.6, 0.9, 0.6, 0.6, 0.5, 0.9]

  @Test func theTTestIsThatOfSciPy() {
    let comparison = PairedComparison(Self.first, Self.second)
    #expect(abs(comparison.difference - 0.1125) < 1e-12)
    #expect(abs(comparison.tTest - 0.06536793800277126) < 1e-9)
    for (t, degrees, tail) in [
      (2.0, 7.0, 0.08561932856297605), (0.1, 3, 0.9266523488008059), (5, 100, 2.450173413503802e-06),
      (12, 1, 0.052929352119179755), (1.96, 1189, 0.05022907698761641), (0, 5, 1),
    ] {
      #expect(abs(StudentT.twoSidedTail(t, degreesOfFreedom: degrees) - tail) < 1e-9 * max(1, tail), "t = \(t)")
    }
  }

  @Test func theRandomisationTestComesCloseToAllSigns() {
    // Of the 256 ways to set the signs 32 are at least as extreme.
    let comparison = PairedComparison(Self.first, Self.second, samples: 100_000)
    #expect(abs(comparison.randomisation - 0.125) < 0.005)
    #expect(comparison == PairedComparison(Self.first, Self.second, samples: 100_000))
    let other = PairedComparison(Self.first, Self.second, samples: 100_000, seed: 2)
    #expect(other.randomisation != comparison.randomisation)
  }

  @Test func runsThatDoNotDifferAreNotSignificant() {
    let same = PairedComparison(Self.first, Self.first)
    #expect(same.difference == 0 && same.tTest == 1 && same.randomisation == 1)
    let none = PairedComparison([], [])
    #expect(none.difference == 0 && none.tTest == 1 && none.randomisation == 1)
  }
}
