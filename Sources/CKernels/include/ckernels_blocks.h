// Bit packing of blocks of 128 unsigned 32-bit integers, and of streams of any length.
//
// Blocks have the "vertical" layout (Lemire and Boytsov, "Decoding billions of integers per second through
// vectorization", 2015): value i belongs to lane i % 4; each lane is a stream of `bits`-bit fields, least significant
// bit first, over 32-bit little-endian words; word w of lane l is stored at byte 16 * w + 4 * l. A block takes exactly
// 16 * bits bytes.
//
// In a stream value i takes the bits from i * bits on, least significant bit first, in bytes: count * bits bits, and
// zeros up to the next byte.
#ifndef CKERNELS_BLOCKS_H
#define CKERNELS_BLOCKS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// Packs 128 values, each below 2^bits, into 16 * bits bytes. 0 <= bits <= 32.
void ckernels_pack128(const uint32_t *values, int bits, uint8_t *packed);

/// Unpacks 128 values from 16 * bits bytes. 0 <= bits <= 32; other widths leave zeros.
void ckernels_unpack128(const uint8_t *packed, int bits, uint32_t *values);

/// Turns 128 values into the sums before them: sums[i] = values[0] + … + values[i - 1], for 0 <= i <= 128, modulo 2^32.
void ckernels_sums128(const uint32_t *values, uint32_t *sums);

/// One value of a packed block: 0 <= index < 128, 0 <= bits <= 32. Reads within the block's 16 * bits bytes.
static inline __attribute__((always_inline)) uint32_t ckernels_value128(const uint8_t *packed, int bits, int index) {
  if (bits == 0) return 0;
  const int bit = (index >> 2) * bits, word = bit >> 5, shift = bit & 31;
  const uint8_t *at = packed + 16 * word + 4 * (index & 3);
  uint32_t low, high = 0;
  memcpy(&low, at, 4);
  if (shift + bits > 32) memcpy(&high, at + 16, 4);
  const uint64_t value = ((uint64_t)high << 32 | low) >> shift;
  return (uint32_t)(value & ((1ull << bits) - 1));
}

/// Packs the lowest bits of `count` values as a stream that begins at bit `bit` of `bytes`; the bytes from there on were zero.
void ckernels_pack_stream(const uint32_t *values, size_t count, int bits, uint8_t *bytes, size_t bit);

/// Unpacks `count` values of a stream that begins at bit `bit` of `bytes`. 0 <= bits <= 32. May read, and ignore, up to
/// 8 bytes behind the stream.
void ckernels_unpack_stream(const uint8_t *bytes, size_t bit, int bits, size_t count, uint32_t *values);

#endif
