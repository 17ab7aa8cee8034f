// Records of documents in a new order.

internal import Storage

/// Copies one kind of record of several segments in the order of the documents' new numbers.
///
/// As many as fit into `limit` are in memory at a time; when not all do, the segments are read once for their lengths and
/// once for each part of the documents.
struct PermutedRecords {
  let segments: [SegmentReader]
  let numbering: DocumentNumbering
  let limitInBytes: Int
  let control: OperationControl

  private struct Window {
    var bytes: [UInt8] = []
    /// Where the record of a document begins, by its place in the range.
    var starts: [Int] = []
  }

  func write(_ part: KeyPath<SegmentReader, BlockStore>, to writer: BlockStoreWriter) throws(IndexError) {
    var window = Window(starts: [Int](repeating: 0, count: numbering.count))
    var lengths = [UInt32](repeating: 0, count: numbering.count)
    var fits = true
    try forEachRecord(part) { number, record in
      lengths[number] = UInt32(truncatingIfNeeded: record.count)
      // An array that grows may have room for twice as much as it holds.
      fits = fits && window.bytes.count + record.count <= limitInBytes / 2
      guard fits else { return window.bytes = [] }
      window.starts[number] = window.bytes.count
      window.bytes.append(contentsOf: record)
    }
    if fits { return try write(window, 0..<numbering.count, lengths, to: writer) }
    var start = 0
    while start < numbering.count {
      var end = start
      var sum = 0
      window.starts.removeAll(keepingCapacity: true)
      while end < numbering.count, end == start || sum + Int(lengths[end]) <= limitInBytes {
        window.starts.append(sum)
        sum += Int(lengths[end])
        end += 1
      }
      let range = start..<end
      window.bytes = [UInt8](repeating: 0, count: sum)
      try forEachRecord(part) { number, record in
        guard range.contains(number), record.count == Int(lengths[number]) else { return }
        let first = window.starts[number - range.lowerBound]
        window.bytes.replaceSubrange(first..<first + record.count, with: record)
      }
      try write(window, range, lengths, to: writer)
      start = end
    }
  }

  private func forEachRecord(_ part: KeyPath<SegmentReader, BlockStore>, _ body: (Int, ArraySlice<UInt8>) -> Void)
    throws(IndexError)
  {
    for (place, segment) in segments.enumerated() {
      let reader = try BlockStore.Reader(segment[keyPath: part])
      for document in 0..<DocID(segment.documentCount) {
        if document % 256 == 0 { try control.check() }
        let number = numbering.number(of: document, in: place)
        if number != .end { body(Int(number), try reader.record(document)) }
      }
    }
  }

  private func write(_ window: Window, _ range: Range<Int>, _ lengths: [UInt32], to writer: BlockStoreWriter)
    throws(IndexError)
  {
    unsafe try window.bytes.withUnsafeBufferPointer { (bytes) throws(IndexError) in
      for number in range {
        if number % 256 == 0 { try control.check() }
        let first = window.starts[number - range.lowerBound]
        let record = unsafe UnsafeBufferPointer(rebasing: bytes[first..<first + Int(lengths[number])])
        try unsafe writer.add(UnsafeRawBufferPointer(record))
      }
    }
  }
}
