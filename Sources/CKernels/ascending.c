// Blocks of ascending numbers: with the vectors of the compiler, which suit every processor, and with those of AVX2 and
// AVX-512 where the processor has them.

#include "ckernels_ascending.h"

#include <string.h>

#include "ckernels_blocks.h"

#define INLINE static inline __attribute__((always_inline))

enum {
  MOST_HIGH_BYTES = 48,
  // What finding ones may write behind the last.
  SLACK = 32,
};

typedef uint16_t places8 __attribute__((vector_size(16)));
typedef uint32_t values4 __attribute__((vector_size(16)));
typedef uint32_t values8 __attribute__((vector_size(32)));
typedef int32_t ints8 __attribute__((vector_size(32)));

void ckernels_elias_fano_pack_high(const uint32_t *values, uint32_t base, uint32_t span, uint8_t *highs) {
  const int low = ckernels_elias_fano_low(span);
  memset(highs, 0, (size_t)ckernels_elias_fano_high_bytes(span));
  for (uint32_t i = 0; i < 128; i++) {
    const uint32_t bit = ((values[i] - base) >> low) + i;
    highs[bit >> 3] |= (uint8_t)(1u << (bit & 7));
  }
}

// The places of the ones of each byte, and how many there are.
static uint8_t places_of_ones[256][8], count_of_ones[256];

__attribute__((constructor)) static void list_ones(void) {
  for (unsigned byte = 0; byte < 256; byte++) {
    for (unsigned bits = byte; bits; bits &= bits - 1)
      places_of_ones[byte][count_of_ones[byte]++] = (uint8_t)__builtin_ctz(bits);
  }
}

typedef int find_ones_kernel(const uint8_t *bytes, int count, uint16_t *places);

// Writes the places of the ones of some bytes, and returns how many there are. Eight are written for each byte, of which as
// many count as it has.
INLINE int find_ones_by_byte(const uint8_t *bytes, int count, uint16_t *places, const int counts_ones) {
  uint16_t *next = places;
  places8 base = {0};
  for (int i = 0; i < count; i++) {
    uint8_t __attribute__((vector_size(8))) in_byte;
    memcpy(&in_byte, places_of_ones[bytes[i]], 8);
    const places8 found = __builtin_convertvector(in_byte, places8) + base;
    memcpy(next, &found, 16);
    base += 8;
    next += counts_ones ? __builtin_popcount(bytes[i]) : count_of_ones[bytes[i]];
  }
  return (int)(next - places);
}

static inline int find_ones(const uint8_t *bytes, int count, uint16_t *places) {
  return find_ones_by_byte(bytes, count, places, 0);
}

INLINE int unpack(
    const uint8_t *lows, const uint8_t *highs, uint32_t base, uint32_t span, uint32_t *values, find_ones_kernel *find_ones) {
  const int low = ckernels_elias_fano_low(span);
  uint16_t places[8 * MOST_HIGH_BYTES + SLACK];
  if (find_ones(highs, ckernels_elias_fano_high_bytes(span), places) != 128) return 0;
  ckernels_unpack128(lows, low, values);
  // What a value has beside its low bits is its place less its number, shifted, and the base.
  values8 rest = base - ((values8){0, 1, 2, 3, 4, 5, 6, 7} << low);
  values8 before = (values8){0} + base - 1;
  ints8 falls = {0};
  for (int i = 0; i < 128; i += 8) {
    places8 place;
    memcpy(&place, places + i, 16);
    // Four at a time, as they were written: a load of eight would wait for both.
    values4 first, second;
    memcpy(&first, values + i, 16);
    memcpy(&second, values + i + 4, 16);
    const values8 value = __builtin_shufflevector(first, second, 0, 1, 2, 3, 4, 5, 6, 7) +
                          (__builtin_convertvector(place, values8) << low) + rest;
    memcpy(values + i, &value, 32);
    falls |= (ints8)value <= (ints8)__builtin_shufflevector(before, value, 7, 8, 9, 10, 11, 12, 13, 14);
    before = value;
    rest -= 8u << low;
  }
  int32_t any = 0;
  for (int lane = 0; lane < 8; lane++) any |= falls[lane];
  return any == 0 && values[127] == base + span;
}

INLINE int expand(
    const uint8_t *words, int word_count, uint32_t base, uint32_t *values, find_ones_kernel *find_ones) {
  uint16_t places[64 * ckernels_most_words + SLACK];
  const int count = find_ones(words, 8 * word_count, places);
  if (count != 128) return count;
  for (int i = 0; i < 128; i += 8) {
    places8 place;
    memcpy(&place, places + i, 16);
    const values8 value = __builtin_convertvector(place, values8) + base;
    memcpy(values + i, &value, 32);
  }
  return count;
}

static int unpack_any(const uint8_t *lows, const uint8_t *highs, uint32_t base, uint32_t span, uint32_t *values) {
  return unpack(lows, highs, base, span, values, find_ones);
}

static int expand_any(const uint8_t *words, int word_count, uint32_t base, uint32_t *values) {
  return expand(words, word_count, base, values, find_ones);
}

typedef int unpack_kernel(const uint8_t *, const uint8_t *, uint32_t, uint32_t, uint32_t *);
typedef int expand_kernel(const uint8_t *, int, uint32_t, uint32_t *);

#if defined(__x86_64__)

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,popcnt,bmi,bmi2")))
#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vbmi2,avx2,popcnt,bmi,bmi2")))

static int best_kernel;

__attribute__((constructor)) static void choose_kernel(void) {
  __builtin_cpu_init();
  const int has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt") &&
                       __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
  const int has_avx512 = has_avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                         __builtin_cpu_supports("avx512vbmi2");
  best_kernel = has_avx2 + has_avx512;
}

AVX2 static inline int find_ones_avx2(const uint8_t *bytes, int count, uint16_t *places) {
  return find_ones_by_byte(bytes, count, places, 1);
}

AVX512 static inline int find_ones_avx512(const uint8_t *bytes, int count, uint16_t *places) {
  uint16_t *next = places;
  __m512i number = _mm512_set_epi16(
      31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
  for (int i = 0; i < count; i += 4) {
    uint32_t bits;
    memcpy(&bits, bytes + i, 4);
    if (count - i < 4) bits &= (1u << 8 * (count - i)) - 1;
    _mm512_storeu_si512(next, _mm512_maskz_compress_epi16(bits, number));
    number = _mm512_add_epi16(number, _mm512_set1_epi16(32));
    next += __builtin_popcount(bits);
  }
  return (int)(next - places);
}

AVX2 static int unpack_avx2(const uint8_t *lows, const uint8_t *highs, uint32_t base, uint32_t span, uint32_t *values) {
  return unpack(lows, highs, base, span, values, find_ones_avx2);
}

AVX512 static int unpack_avx512(
    const uint8_t *lows, const uint8_t *highs, uint32_t base, uint32_t span, uint32_t *values) {
  return unpack(lows, highs, base, span, values, find_ones_avx512);
}

AVX2 static int expand_avx2(const uint8_t *words, int word_count, uint32_t base, uint32_t *values) {
  return expand(words, word_count, base, values, find_ones_avx2);
}

AVX512 static int expand_avx512(const uint8_t *words, int word_count, uint32_t base, uint32_t *values) {
  return expand(words, word_count, base, values, find_ones_avx512);
}

static unpack_kernel *const unpack_kernels[] = {unpack_any, unpack_avx2, unpack_avx512};
static expand_kernel *const expand_kernels[] = {expand_any, expand_avx2, expand_avx512};

#else

static const int best_kernel = 0;
static unpack_kernel *const unpack_kernels[] = {unpack_any};
static expand_kernel *const expand_kernels[] = {expand_any};

#endif

int ckernels_elias_fano_unpack(
    const uint8_t *lows, const uint8_t *highs, uint32_t base, uint32_t span, uint32_t *values) {
  return unpack_kernels[best_kernel](lows, highs, base, span, values);
}

int ckernels_elias_fano_unpack_by(
    int kernel, const uint8_t *lows, const uint8_t *highs, uint32_t base, uint32_t span, uint32_t *values) {
  return unpack_kernels[kernel < best_kernel ? kernel : best_kernel](lows, highs, base, span, values);
}

int ckernels_expand_bits(const uint8_t *words, int word_count, uint32_t base, uint32_t *values) {
  return expand_kernels[best_kernel](words, word_count, base, values);
}

int ckernels_expand_bits_by(int kernel, const uint8_t *words, int word_count, uint32_t base, uint32_t *values) {
  return expand_kernels[kernel < best_kernel ? kernel : best_kernel](words, word_count, base, values);
}
