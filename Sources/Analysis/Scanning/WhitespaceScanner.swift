// The scanner of the `whitespace` analyzer.

internal import CKernels

/// Splits UTF-8 on white space and copies the bytes as they are.
///
/// Text goes into the arena a block at a time; tokens point into the block. A token that a block would cut begins the
/// next block, unless it fills one: then it is cut at a character boundary, as every token longer than a term may be.
struct WhitespaceScanner {
  private static let block = 1 << 16
  private static let maximumToken = 4096

  let base: UnsafePointer<UInt8>
  let end: Int
  var offset = 0
  var position: Int32
  var writer: TokenWriter

  init(_ text: UnsafeBufferPointer<UInt8>, firstPosition: Int32, writer: TokenWriter) {
    base = text.baseAddress ?? UnsafePointer(writer.arena)
    end = text.count
    position = firstPosition
    self.writer = writer
  }

  /// Scans on, until the end (then true) or until the writer wants to be emptied.
  mutating func scan() -> Bool {
    while offset < end {
      if writer.isFull { return false }
      scanBlock(until: min(end, offset + WhitespaceScanner.block))
    }
    return true
  }

  private mutating func scanBlock(until limit: Int) {
    var here = offset
    var count = 0
    let arenaStart = writer.store(base + here, count: limit - here)
    let shift = arenaStart - here
    while true {
      scanASCII(&here, &count, limit: limit, shift: shift)
      while here < limit {
        let byte = base[here]
        if byte > 0x20 && byte < 0x80 { break }
        let space = spaceLength(at: here)
        if space == 0 { break }
        here += space
      }
      guard here < limit, count < TokenBuffer.tokenReserve / 2 else { break }
      let start = here
      here = tokenEnd(from: here, limit: limit)
      if here == limit && limit < end && limit - start < WhitespaceScanner.maximumToken {
        here = start
        break
      }
      if here - start > WhitespaceScanner.maximumToken {
        here = start + WhitespaceScanner.maximumToken
        while base[here] & 0xC0 == 0x80 && here > start + WhitespaceScanner.maximumToken - 3 { here -= 1 }
      }
      writer.append(
        term: start + shift, length: here - start, kind: .stem, position: position, span: 1, from: start, to: here)
      if position < TextScanner.maximumPosition { position &+= 1 }
      count += 1
    }
    offset = here
  }

  /// Takes whole tokens of ASCII from `here` on, 64 bytes at a time, and stops, between two tokens, where there is
  /// anything else, near the limit or in a token that may be too long.
  @inline(__always)
  private mutating func scanASCII(_ here: inout Int, _ count: inout Int, limit: Int, shift: Int) {
    let group = 64
    var at = here
    // The token that has begun, if any.
    var start: Int?
    while at + group <= limit, count + group < TokenBuffer.tokenReserve / 2,
      at - (start ?? at) < WhitespaceScanner.maximumToken - group
    {
      let classes = ckernels_classify64(base + at)
      // The bits before the first byte that is not for here.
      let known = (classes.other & (0 &- classes.other)) &- 1
      // Every change from white space to token and back.
      var edges = (classes.blank ^ (classes.blank << 1 | (start == nil ? 1 : 0))) & known
      while edges != 0 {
        let edge = at + edges.trailingZeroBitCount
        edges &= edges &- 1
        if let begun = start {
          writer.append(
            term: begun + shift, length: edge - begun, kind: .stem, position: position, span: 1, from: begun, to: edge)
          if position < TextScanner.maximumPosition { position &+= 1 }
          count += 1
          start = nil
          here = edge
        } else {
          start = edge
        }
      }
      if classes.other != 0 { break }
      at += group
      if start == nil { here = at }
    }
    if let start { here = start }
  }

  /// Where the token at `start` ends: at white space or at `limit`.
  @inline(__always)
  private func tokenEnd(from start: Int, limit: Int) -> Int {
    var here = start
    let low: UInt64 = 0x0101_0101_0101_0101
    let high: UInt64 = 0x8080_8080_8080_8080
    while here + 8 <= limit {
      let bytes = UnsafeRawPointer(base + here).loadUnaligned(as: UInt64.self).littleEndian
      // Bytes up to 20 and bytes from 80 on stop the loop; a byte just above a smaller one may do so needlessly.
      let stops = ((bytes &- 0x21 &* low) | bytes) & high
      if stops == 0 {
        here += 8
        continue
      }
      here += stops.trailingZeroBitCount >> 3
      // Han characters, most of all text beyond ASCII, are no white space.
      while here + 3 <= limit, base[here] &- 0xE4 <= 5, base[here + 1] & base[here + 2] & 0xC0 == 0x80 { here += 3 }
      guard here < limit else { break }
      if base[here] <= 0x20 || base[here] >= 0x80 {
        if spaceLength(at: here) > 0 { return here }
        here += 1
      }
    }
    while here < limit, spaceLength(at: here) == 0 { here += 1 }
    return here
  }

  /// The length of the white space character at `offset`; 0 where there is none (Unicode's White_Space property).
  @inline(__always)
  private func spaceLength(at offset: Int) -> Int {
    let byte = base[offset]
    if byte < 0x80 { return byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) ? 1 : 0 }
    return byte == 0xC2 || byte == 0xE1 || byte == 0xE2 || byte == 0xE3 ? wideSpaceLength(at: offset) : 0
  }

  private func wideSpaceLength(at offset: Int) -> Int {
    let (scalar, length) = UTF8Coding.decode(base, at: offset, end: end)
    switch scalar {
    case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: return length
    default: return 0
    }
  }
}
