// Hostile indexes from bytes of a fuzzer.

internal import InvertedIndex
internal import Storage

/// An index whose files were changed as bytes say, with checksums that fit.
///
/// The first byte chooses the index: small with every structure, or with a list that has groups of blocks, and whether it
/// is written to as well. Then come changes of five bytes each: the file (its number among the sorted names), the place in its payload (two bytes, taken
/// modulo its length), what to do, and a value.
public struct HostileInput {
  private let base: [IndexFiles]

  /// Makes the indexes that inputs change.
  public init() throws {
    let small = MemoryDirectory()
    try SmallIndex.write(to: small)
    let long = MemoryDirectory()
    try SmallIndex.writeLongList(to: long)
    base = try [small, long].map { try IndexFiles(of: $0, leavingOut: [IndexWriter.lockName]) }
  }

  /// The index that an input makes.
  public func index(_ input: [UInt8]) -> IndexFiles {
    var files = base[Int(input.first ?? 0) % base.count]
    let names = files.names
    var payloads: [String: [UInt8]] = [:]
    var at = 1
    while at + 5 <= input.count, at < 5 * 16 {
      let name = names[Int(input[at]) % names.count]
      var payload = payloads[name] ?? files.payload(of: name)
      let place = Int(input[at + 1]) | Int(input[at + 2]) << 8
      Self.change(&payload, at: payload.isEmpty ? 0 : place % payload.count, input[at + 3], input[at + 4])
      payloads[name] = payload
      at += 5
    }
    // The facts of segments first: the checksums of the other files go into them.
    let (facts, others) = (
      payloads.keys.filter { $0.hasSuffix(".info") }, payloads.keys.filter { !$0.hasSuffix(".info") }
    )
    for name in facts.sorted() + others.sorted() { files.setPayload(of: name, to: payloads[name] ?? []) }
    return files
  }

  private static func change(_ payload: inout [UInt8], at place: Int, _ action: UInt8, _ value: UInt8) {
    guard !payload.isEmpty else { return payload.append(value) }
    switch action % 9 {
    case 0: payload[place] = value
    case 1: payload[place] ^= value
    case 2: payload[place] &+= value
    case 3: payload.remove(at: place)
    case 4: payload.insert(value, at: place)
    case 5: payload.removeSubrange(place...)
    case 6:
      // A number of several bytes at once: a count, an offset.
      for next in place..<min(payload.count, place + 1 + Int(action) / 9 % 8) { payload[next] = value }
    case 7:
      // Places counted from the end, where directories and trailers are.
      payload[payload.count - 1 - place % min(64, payload.count)] = value
    default: payload[payload.count - 1 - place % min(64, payload.count)] ^= value
    }
  }

  /// Reads everything of an index that an input makes: opens and checks it, asks queries, and may merge or reorder
  /// its segments. Wrong answers and typed errors are all right; true when nothing was found wrong with it.
  ///
  /// - Throws: what is no error of the index.
  @discardableResult
  public func read(_ input: [UInt8], timeout: Duration? = nil) throws -> Bool {
    let directory = try index(input).directory()
    var isClean = true
    func attempt(_ body: () throws -> Void) throws {
      do { try body() } catch is IndexError { isClean = false }
    }
    try attempt { _ = try IndexChecker(IndexReader.open(directory)).check() }
    try attempt { _ = try SmallIndex.answers(directory, timeout: timeout) }
    try attempt { _ = try IndexReader.open(directory).statistics() }
    // Writing is slow, so that not every input asks for it.
    let task = (input.first ?? 0) / 2 % 4
    if task > 1 {
      try attempt {
        let writer = try IndexWriter(
          directory: directory, schema: SmallIndex.schema, configuration: SmallIndex.configuration)
        defer { writer.close() }
        if task == 2 {
          try SmallIndex.add(2, to: writer)
          try writer.commit()
          try writer.merge(maximumSegments: 1)
        } else {
          var options = ReorderingOptions()
          options.threads = 1
          options.memoryBudgetInBytes = 1 << 20
          try writer.reorder(maximumSegments: 1, options: options)
        }
      }
    }
    return isClean
  }
}
