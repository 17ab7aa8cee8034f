// Blocks of 128 strictly ascending numbers between a base and the highest of them, which both sides know: sets of bits, and
// Elias-Fano codes.
//
// A set has bit n, counted from the lowest of its first 64-bit word, for the number base + n.
//
// In the codes (Elias, "Efficient storage and retrieval by content and address of static files", 1974; Vigna,
// "Quasi-succinct indices", 2013) a number n = value - base has its lowest `low` bits in a packed block
// (ckernels_blocks.h). The others are bit (n >> low) + i of the high parts, i being the value's place in the block, lowest
// bits of a byte first. `low` follows from the span, the highest number less the base: the fewest bits that leave less than
// 256 for the high parts, which is what makes the codes shortest.
#ifndef CKERNELS_ASCENDING_H
#define CKERNELS_ASCENDING_H

#include <stdint.h>

/// Low bits of each number of a block with a span below 2^31.
static inline __attribute__((always_inline)) int ckernels_elias_fano_low(uint32_t span) {
  return span < 256 ? 0 : 24 - __builtin_clz(span);
}

/// Bytes of the high parts: 16 to 48.
static inline __attribute__((always_inline)) int ckernels_elias_fano_high_bytes(uint32_t span) {
  return (int)((128 + (span >> ckernels_elias_fano_low(span)) + 7) / 8);
}

/// Writes the high parts of 128 ascending values of which the last is base + span; the low parts are for
/// ckernels_pack128.
void ckernels_elias_fano_pack_high(const uint32_t *values, uint32_t base, uint32_t span, uint8_t *highs);

/// Unpacks 128 values. Returns 0 where they are not strictly ascending up to base + span, which is below 2^31. Up to 8 bytes
/// behind the high parts are read, and ignored.
int ckernels_elias_fano_unpack(
    const uint8_t *lows, const uint8_t *highs, uint32_t base, uint32_t span, uint32_t *values);

/// Most 64-bit words of a set.
enum { ckernels_most_words = 16 };

/// The values of a set of 128 members in up to ckernels_most_words words: base + number of each set bit. Returns how many
/// bits are set; writes nothing unless it is 128.
int ckernels_expand_bits(const uint8_t *words, int word_count, uint32_t base, uint32_t *values);

/// The same, by number: 0 is for every processor, 1 for those with AVX2, 2 for those with AVX-512. A number that this
/// processor has not stands for the highest that it has.
int ckernels_elias_fano_unpack_by(
    int kernel, const uint8_t *lows, const uint8_t *highs, uint32_t base, uint32_t span, uint32_t *values);
int ckernels_expand_bits_by(int kernel, const uint8_t *words, int word_count, uint32_t base, uint32_t *values);

#endif
