// Distributions of times, kept in HdrHistograms (Gil Tene, http://hdrhistogram.org) of three significant digits.

import Foundation
import Histogram

/// What is kept of a distribution of times, in nanoseconds.
public struct LatencySummary: Codable, Sendable {
  /// A point of the distribution.
  public struct Point: Codable, Sendable {
    /// The percentile, up to 100.
    public var percentile: Double
    /// The time that so many percent don't exceed.
    public var nanoseconds: UInt64
  }

  /// How many times were recorded.
  public var count: UInt64
  /// The mean.
  public var mean: Double
  /// The 50th percentile.
  public var p50: UInt64
  /// The 90th percentile.
  public var p90: UInt64
  /// The 99th percentile.
  public var p99: UInt64
  /// The 99.9th percentile.
  public var p999: UInt64
  /// The longest.
  public var max: UInt64
  /// Points for a plot, percentiles ascending.
  public var curve: [Point]

  init(_ recorder: LatencyRecorder) {
    let histogram = recorder.histogram
    count = histogram.totalCount
    mean = count == 0 ? 0 : histogram.mean
    p50 = histogram.valueAtPercentile(50)
    p90 = histogram.valueAtPercentile(90)
    p99 = histogram.valueAtPercentile(99)
    p999 = histogram.valueAtPercentile(99.9)
    max = count == 0 ? 0 : histogram.max
    // Evenly spaced where the distribution is plotted: by the number of nines.
    let nines = stride(from: 0.0, through: 3.0, by: 0.125)
    curve = nines.map { nines in
      let percentile = nines == 0 ? 0 : 100 * (1 - pow(10, -nines))
      return Point(percentile: percentile, nanoseconds: histogram.valueAtPercentile(percentile))
    }
  }
}

/// Records times, one value for each thread.
struct LatencyRecorder {
  /// Longer times are recorded as this: ten minutes, in nanoseconds.
  private static let longest: UInt64 = 600_000_000_000

  fileprivate var histogram = Histogram<UInt64>(
    highestTrackableValue: longest, numberOfSignificantValueDigits: .three)

  mutating func record(nanoseconds: Int64) {
    histogram.record(min(Self.longest, UInt64(max(1, nanoseconds))))
  }

  mutating func add(_ other: LatencyRecorder) { histogram.add(other.histogram) }

  var summary: LatencySummary { LatencySummary(self) }
}
