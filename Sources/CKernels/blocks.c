// Block packing with the compiler's portable 128-bit vectors: SSE2 on x86-64, NEON on arm64.

#include "ckernels_blocks.h"

#include <string.h>

typedef uint32_t lanes __attribute__((vector_size(16), aligned(4)));

#define INLINE static inline __attribute__((always_inline))

INLINE lanes load(const uint8_t *bytes, int word) {
  lanes v;
  memcpy(&v, bytes + 16 * word, 16);
  return v;
}

INLINE lanes unpack_row(const uint8_t *packed, const int bits, const int row) {
  const int bit = row * bits, word = bit / 32, shift = bit % 32;
  lanes v = load(packed, word) >> shift;
  if (shift + bits > 32) v |= load(packed, word + 1) << (32 - shift);
  if (bits < 32) v &= (lanes){0} + ((1u << (bits & 31)) - 1);
  return v;
}

INLINE void unpack(const uint8_t *packed, const int bits, uint32_t *values) {
#pragma clang loop unroll(full)
  for (int row = 0; row < 32; row++) {
    lanes v = unpack_row(packed, bits, row);
    memcpy(values + 4 * row, &v, 16);
  }
}

#define EACH_WIDTH(M) \
  M(1) M(2) M(3) M(4) M(5) M(6) M(7) M(8) M(9) M(10) M(11) M(12) M(13) M(14) M(15) M(16) \
  M(17) M(18) M(19) M(20) M(21) M(22) M(23) M(24) M(25) M(26) M(27) M(28) M(29) M(30) M(31) M(32)

void ckernels_unpack128(const uint8_t *packed, int bits, uint32_t *values) {
  switch (bits) {
#define UNPACK(B) case B: unpack(packed, B, values); break;
    EACH_WIDTH(UNPACK)
    default: memset(values, 0, 128 * sizeof(uint32_t));
  }
}

void ckernels_sums128(const uint32_t *values, uint32_t *sums) {
  lanes last = {0};
  const lanes zero = {0};
  sums[0] = 0;
  for (int row = 0; row < 32; row++) {
    lanes v;
    memcpy(&v, values + 4 * row, 16);
    v += __builtin_shufflevector(zero, v, 0, 4, 5, 6);
    v += __builtin_shufflevector(zero, v, 0, 1, 4, 5);
    v += last;
    memcpy(sums + 4 * row + 1, &v, 16);
    last = __builtin_shufflevector(v, v, 3, 3, 3, 3);
  }
}

INLINE void pack(const uint32_t *values, const int bits, uint8_t *packed) {
  lanes pending = {0};
#pragma clang loop unroll(full)
  for (int row = 0; row < 32; row++) {
    const int bit = row * bits, word = bit / 32, shift = bit % 32;
    lanes v;
    memcpy(&v, values + 4 * row, 16);
    pending |= v << shift;
    if (shift + bits >= 32) {
      memcpy(packed + 16 * word, &pending, 16);
      pending = shift == 0 ? (lanes){0} : v >> (32 - shift);
    }
  }
}

void ckernels_pack128(const uint32_t *values, int bits, uint8_t *packed) {
  switch (bits) {
#define PACK(B) case B: pack(values, B, packed); break;
    EACH_WIDTH(PACK)
    default: break;
  }
}

void ckernels_pack_stream(const uint32_t *values, size_t count, int bits, uint8_t *bytes, size_t bit) {
  if (bits <= 0 || count == 0) return;
  uint8_t *next = bytes + bit / 8;
  int filled = (int)(bit % 8);
  uint64_t pending = filled ? *next & ((1u << filled) - 1) : 0;
  const uint64_t mask = (1ull << bits) - 1;
  for (size_t i = 0; i < count; i++) {
    pending |= (values[i] & mask) << filled;
    filled += bits;
    if (filled < 32) continue;
    const uint32_t word = (uint32_t)pending;
    memcpy(next, &word, 4);
    next += 4;
    pending >>= 32;
    filled -= 32;
  }
  for (; filled > 0; filled -= 8, pending >>= 8) *next++ = (uint8_t)pending;
}

void ckernels_unpack_stream(const uint8_t *bytes, size_t bit, int bits, size_t count, uint32_t *values) {
  const uint64_t mask = (1ull << bits) - 1;
  for (size_t i = 0; i < count; i++) {
    uint64_t word;
    memcpy(&word, bytes + (bit >> 3), 8);
    values[i] = (uint32_t)((word >> (bit & 7)) & mask);
    bit += (size_t)bits;
  }
}
