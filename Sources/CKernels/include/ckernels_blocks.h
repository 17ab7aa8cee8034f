// Bit packing of blocks of 128 unsigned 32-bit integers.
//
// Layout ("vertical", Lemire and Boytsov, "Decoding billions of integers per second through
// vectorization", 2015): value i belongs to lane i % 4; each lane is a stream of `bits`-bit fields,
// least significant bit first, over 32-bit little-endian words; word w of lane l is stored at
// byte 16 * w + 4 * l. A block takes exactly 16 * bits bytes.
#ifndef CKERNELS_BLOCKS_H
#define CKERNELS_BLOCKS_H

#include <stdint.h>

/// Packs 128 values, each below 2^bits, into 16 * bits bytes. 0 <= bits <= 32.
void ckernels_pack128(const uint32_t *values, int bits, uint8_t *packed);

/// Unpacks 128 values from 16 * bits bytes. 0 <= bits <= 32; other widths leave zeros.
void ckernels_unpack128(const uint8_t *packed, int bits, uint32_t *values);

/// Unpacks 128 gaps and turns them into strictly ascending values:
/// values[i] = previous + sum of (gap[j] + 1) for j <= i, modulo 2^32.
void ckernels_unpack128_ascending(const uint8_t *packed, int bits, uint32_t previous, uint32_t *values);

#endif
