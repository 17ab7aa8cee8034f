// Runs in Rice codes: packing, and unpacking from any value on.

#include "ckernels_runs.h"

#include <string.h>

#include "ckernels_blocks.h"

#define INLINE static inline __attribute__((always_inline))

uint64_t ckernels_run_bits(const uint32_t *values, size_t count, int low) {
  uint64_t highs = 0;
  for (size_t i = 0; i < count; i++) highs += values[i] >> low;
  return highs + count * (uint64_t)(low + 1);
}

void ckernels_pack_run(const uint32_t *values, size_t count, int low, uint8_t *bytes) {
  ckernels_pack_stream(values, count, low, bytes, 0);
  uint64_t bit = count * (uint64_t)low;
  for (size_t i = 0; i < count; i++) {
    bit += values[i] >> low;
    bytes[bit >> 3] |= (uint8_t)(1u << (bit & 7));
    bit++;
  }
}

INLINE uint64_t load64(const uint8_t *bytes) {
  uint64_t word;
  memcpy(&word, bytes, 8);
  return word;
}

// Where the one with a number is in a word that has it.
static inline int place_plain(uint64_t word, size_t number) {
  for (; number > 0; number--) word &= word - 1;
  return __builtin_ctzll(word);
}

INLINE int unpack_run(
    const uint8_t *bytes, size_t length, size_t total, int low, size_t first, size_t count, uint32_t *values,
    int (*place)(uint64_t, size_t)) {
  ckernels_unpack_stream(bytes, first * (size_t)low, low, count, values);
  const size_t end = 8 * length;
  size_t start = total * (size_t)low, base = start & ~(size_t)7;
  if (base >= end) return count == 0;
  uint64_t word = load64(bytes + base / 8) & ~0ull << (start & 7);
  if (first > 0) {
    size_t before = first;
    for (size_t ones; before > (ones = (size_t)__builtin_popcountll(word)); word = load64(bytes + base / 8)) {
      before -= ones;
      base += 64;
      if (base >= end) return 0;
    }
    const int last = place(word, before - 1);
    start = base + (size_t)last + 1;
    word &= ~0ull << last << 1;
  }
  for (size_t i = 0; i < count; i++) {
    while (word == 0) {
      base += 64;
      if (base >= end) return 0;
      word = load64(bytes + base / 8);
    }
    const size_t one = base + (size_t)__builtin_ctzll(word);
    word &= word - 1;
    values[i] |= (uint32_t)(one - start) << low;
    start = one + 1;
  }
  if (start > end) return 0;
  if (first + count < total || start == end) return 1;
  return end - start < 8 && bytes[length - 1] >> (8 - (end - start)) == 0;
}

int ckernels_unpack_run_plain(
    const uint8_t *bytes, size_t length, size_t total, int low, size_t first, size_t count, uint32_t *values) {
  return unpack_run(bytes, length, total, low, first, count, values, place_plain);
}

#if defined(__x86_64__)

#include <immintrin.h>

#define BMI2 __attribute__((target("popcnt,bmi,bmi2")))

static int has_bmi2;

__attribute__((constructor)) static void look_for_bmi2(void) {
  __builtin_cpu_init();
  has_bmi2 = __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
}

BMI2 static inline int place_bmi2(uint64_t word, size_t number) {
  return (int)_tzcnt_u64(_pdep_u64(1ull << number, word));
}

BMI2 static int unpack_run_bmi2(
    const uint8_t *bytes, size_t length, size_t total, int low, size_t first, size_t count, uint32_t *values) {
  return unpack_run(bytes, length, total, low, first, count, values, place_bmi2);
}

int ckernels_unpack_run(
    const uint8_t *bytes, size_t length, size_t total, int low, size_t first, size_t count, uint32_t *values) {
  return has_bmi2 ? unpack_run_bmi2(bytes, length, total, low, first, count, values)
                  : ckernels_unpack_run_plain(bytes, length, total, low, first, count, values);
}

#else

int ckernels_unpack_run(
    const uint8_t *bytes, size_t length, size_t total, int low, size_t first, size_t count, uint32_t *values) {
  return ckernels_unpack_run_plain(bytes, length, total, low, first, count, values);
}

#endif
