// Texts of documents, the same ones whatever order they were indexed in.

public import Loquat

/// Draws texts of stored documents from an index.
public enum CorpusSample {
  /// The title and text of up to `count` documents: those whose ids have the smallest hashes with the seed, so that the
  /// order of the documents in the index doesn't matter. O(documents).
  ///
  /// - Throws: errors of reading the index.
  public static func texts(of snapshot: IndexSnapshot, count: Int, seed: UInt64) throws -> [String] {
    guard count > 0 else { return [] }
    var chosen: [(hash: UInt64, id: [UInt8])] = []
    var limit = UInt64.max
    try snapshot.reader.forEachDocument { id, _ in
      let hash = hash(id, seed)
      guard hash <= limit else { return }
      chosen.append((hash, Array(id)))
      // Twice as many as are wanted are kept, and cut down now and then.
      if chosen.count == 2 * count {
        chosen.sort { $0.hash < $1.hash }
        chosen.removeSubrange(count...)
        limit = chosen[count - 1].hash
      }
    }
    chosen.sort { $0.hash < $1.hash }
    let documents = snapshot.reader.makeDocumentReader()
    return try chosen.prefix(count).compactMap { _, id in
      guard let address = try snapshot.reader.find(id: id) else { return nil }
      let values = try documents.storedFields(of: address).map { String(decoding: $0.value, as: UTF8.self) }
      return values.isEmpty ? nil : values.joined(separator: "\n")
    }
  }

  /// FNV-1a (Fowler, Noll, Vo), then mixed.
  private static func hash(_ bytes: ArraySlice<UInt8>, _ seed: UInt64) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ seed
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return SeededRandom.mix(hash)
  }
}
