// Kernels over batches of candidates: plain C, and AVX2 where the processor has it.

#include "ckernels_candidates.h"

#include <stddef.h>
#include <string.h>

static inline uint64_t load64(const uint8_t *bytes) {
  uint64_t word;
  memcpy(&word, bytes, 8);
  return word;
}

int ckernels_rank128_plain(const uint32_t *values, uint32_t target) {
  int below = 0;
  for (int i = 0; i < 128; i++) below += values[i] < target;
  return below;
}

int ckernels_intersect128_plain(
    const uint32_t *candidates, int count, const uint32_t *block, uint8_t *candidate_places, uint8_t *block_places) {
  int found = 0, place = 0;
  for (int i = 0; i < count; i++) {
    const uint32_t wanted = candidates[i];
    while (place < 128 && block[place] < wanted) place++;
    if (place == 128) break;
    candidate_places[found] = (uint8_t)i;
    block_places[found] = (uint8_t)place;
    found += block[place] == wanted;
  }
  return found;
}

void ckernels_score_plain(
    const uint32_t *documents, const uint32_t *frequencies, int count, const uint8_t *norms, const float *factors,
    float weight, float *scores) {
  for (int i = 0; i < count; i++) {
    const float frequency = (float)frequencies[i];
    const float divisor = frequency + factors[norms ? norms[documents[i]] : 0];
    const float saturated = frequency / divisor;
    scores[i] = weight * saturated;
  }
}

int ckernels_select_above_plain(const float *scores, int count, float threshold, uint8_t *places) {
  int found = 0;
  for (int i = 0; i < count; i++) {
    places[found] = (uint8_t)i;
    found += scores[i] > threshold;
  }
  return found;
}

static inline __attribute__((always_inline)) void ckernels_accumulate_plain(
    const uint32_t *documents, const float *scores, int from, int to, uint32_t start, double *sums, uint64_t *marks) {
  if (marks) {
    for (int i = from; i < to; i++) {
      const uint32_t slot = documents[i] - start;
      sums[slot] += (double)scores[i];
      marks[slot >> 6] |= 1ull << (slot & 63);
    }
  } else {
    for (int i = from; i < to; i++) sums[documents[i] - start] += (double)scores[i];
  }
}

static inline __attribute__((always_inline)) void ckernels_mark_plain(
    const uint32_t *documents, int from, int to, uint32_t start, uint64_t *marks) {
  // Neighbours often share a word, and each would wait for the one before to be written: four runs take turns.
  enum { RUNS = 4 };
  const int run = to > from ? (to - from) / RUNS : 0;
  for (int i = from; i < from + run; i++) {
    for (int lane = 0; lane < RUNS; lane++) {
      const uint32_t slot = documents[i + lane * run] - start;
      marks[slot >> 6] |= 1ull << (slot & 63);
    }
  }
  for (int i = from + RUNS * run; i < to; i++) {
    const uint32_t slot = documents[i] - start;
    marks[slot >> 6] |= 1ull << (slot & 63);
  }
}

int ckernels_select_from_plain(const uint32_t *values, int count, uint32_t minimum, uint8_t *places) {
  int found = 0;
  for (int i = 0; i < count; i++) {
    places[found] = (uint8_t)i;
    found += values[i] >= minimum;
  }
  return found;
}

static inline __attribute__((always_inline)) int ckernels_intersect_bits_plain(
    const uint32_t *candidates, int count, uint32_t base, const uint8_t *words, int word_count,
    uint8_t *candidate_places, uint8_t *block_places) {
  int found = 0, word = 0, before = 0;
  uint64_t bits = word_count > 0 ? load64(words) : 0;
  for (int i = 0; i < count; i++) {
    const uint32_t number = candidates[i] - base;
    const uint32_t of = number >> 6;
    if (of >= (uint32_t)word_count) break;
    for (; word < (int)of; bits = load64(words + 8 * ++word)) before += __builtin_popcountll(bits);
    const uint64_t bit = 1ull << (number & 63);
    candidate_places[found] = (uint8_t)i;
    block_places[found] = (uint8_t)(before + __builtin_popcountll(bits & (bit - 1)));
    found += (bits & bit) != 0;
  }
  return found;
}

static inline __attribute__((always_inline)) int ckernels_sift_plain(
    const uint64_t *marks, int word_count, const double *sums, double minimum, uint32_t *slots) {
  int found = 0;
  for (int word = 0; word < word_count; word++) {
    for (uint64_t bits = marks[word]; bits; bits &= bits - 1) {
      const uint32_t slot = 64u * (uint32_t)word + (uint32_t)__builtin_ctzll(bits);
      slots[found] = slot;
      found += sums[slot] > minimum;
    }
  }
  return found;
}

int ckernels_sift_all_plain(const double *sums, int count, double minimum, uint32_t *slots) {
  int found = 0;
  for (int slot = 0; slot < count; slot++) {
    slots[found] = (uint32_t)slot;
    found += sums[slot] > minimum;
  }
  return found;
}

static inline __attribute__((always_inline)) int ckernels_is_bit_set_plain(
    const uint8_t *words, int word_count, uint32_t highest) {
  int count = 0;
  for (int word = 0; word < word_count; word++) {
    const uint64_t bits = load64(words + 8 * word);
    const int64_t above = (int64_t)64 * (word + 1) - 1 - highest;
    // Of this word the bits behind the highest: none, some, or all.
    if (above > 0 && (above >= 64 ? bits : bits >> (64 - above)) != 0) return 0;
    count += __builtin_popcountll(bits);
  }
  return count == 128 && (load64(words + 8 * (highest >> 6)) >> (highest & 63) & 1);
}

static inline __attribute__((always_inline)) int64_t ckernels_count_bits_plain(const uint64_t *words, int word_count) {
  int64_t count = 0;
  for (int word = 0; word < word_count; word++) count += __builtin_popcountll(words[word]);
  return count;
}

#if defined(__x86_64__)

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,popcnt,bmi,bmi2")))

static int has_avx2;

__attribute__((constructor)) static void look_for_avx2(void) {
  __builtin_cpu_init();
  has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("bmi") &&
             __builtin_cpu_supports("bmi2");
}

AVX2 static inline __m256i load8(const uint32_t *values) { return _mm256_loadu_si256((const __m256i *)values); }

AVX2 static int rank128_avx2(const uint32_t *values, uint32_t target) {
  const __m256i wanted = _mm256_set1_epi32((int)target);
  __m256i a = _mm256_setzero_si256(), b = a;
  for (int i = 0; i < 128; i += 16) {
    a = _mm256_sub_epi32(a, _mm256_cmpgt_epi32(wanted, load8(values + i)));
    b = _mm256_sub_epi32(b, _mm256_cmpgt_epi32(wanted, load8(values + i + 8)));
  }
  a = _mm256_add_epi32(a, b);
  __m128i sum = _mm_add_epi32(_mm256_castsi256_si128(a), _mm256_extracti128_si256(a, 1));
  sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0x4E));
  sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0xB1));
  return _mm_cvtsi128_si32(sum);
}

AVX2 static int intersect128_avx2(
    const uint32_t *candidates, int count, const uint32_t *block, uint8_t *candidate_places, uint8_t *block_places) {
  int found = 0, place = 0;
  for (int i = 0; i < count; i++) {
    const uint32_t wanted = candidates[i];
    while (block[place + 7] < wanted) {
      place += 8;
      if (place == 128) return found;
    }
    const __m256i equal = _mm256_cmpeq_epi32(load8(block + place), _mm256_set1_epi32((int)wanted));
    const unsigned mask = (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(equal));
    candidate_places[found] = (uint8_t)i;
    block_places[found] = (uint8_t)(place + (mask ? __builtin_ctz(mask) : 0));
    found += mask != 0;
  }
  return found;
}

AVX2 static void score_avx2(
    const uint32_t *documents, const uint32_t *frequencies, int count, const uint8_t *norms, const float *factors,
    float weight, float *scores) {
  const __m256 weights = _mm256_set1_ps(weight);
  const __m256i low_byte = _mm256_set1_epi32(255);
  __m256 factor = _mm256_set1_ps(factors[0]);
  const int whole = count & ~7;
  for (int i = 0; i < whole; i += 8) {
    if (norms) {
      const __m256i codes = _mm256_and_si256(_mm256_i32gather_epi32((const int *)norms, load8(documents + i), 1), low_byte);
      factor = _mm256_i32gather_ps(factors, codes, 4);
    }
    const __m256 frequency = _mm256_cvtepi32_ps(load8(frequencies + i));
    const __m256 saturated = _mm256_div_ps(frequency, _mm256_add_ps(frequency, factor));
    _mm256_storeu_ps(scores + i, _mm256_mul_ps(weights, saturated));
  }
  ckernels_score_plain(documents + whole, frequencies + whole, count - whole, norms, factors, weight, scores + whole);
}

AVX2 static int select_above_avx2(const float *scores, int count, float threshold, uint8_t *places) {
  const __m256 thresholds = _mm256_set1_ps(threshold);
  int found = 0;
  for (int i = 0; i < count; i += 8) {
    unsigned mask = (unsigned)_mm256_movemask_ps(_mm256_cmp_ps(_mm256_loadu_ps(scores + i), thresholds, _CMP_GT_OQ));
    if (count - i < 8) mask &= (1u << (count - i)) - 1;
    for (; mask; mask &= mask - 1) places[found++] = (uint8_t)(i + __builtin_ctz(mask));
  }
  return found;
}

AVX2 static int select_from_avx2(const uint32_t *values, int count, uint32_t minimum, uint8_t *places) {
  const __m256i below = _mm256_set1_epi32((int)minimum - 1);
  int found = 0;
  for (int i = 0; i < count; i += 8) {
    const __m256i hits = _mm256_cmpgt_epi32(_mm256_loadu_si256((const __m256i *)(values + i)), below);
    unsigned mask = (unsigned)_mm256_movemask_ps(_mm256_castsi256_ps(hits));
    if (count - i < 8) mask &= (1u << (count - i)) - 1;
    for (; mask; mask &= mask - 1) places[found++] = (uint8_t)(i + __builtin_ctz(mask));
  }
  return found;
}

AVX2 static void accumulate_avx2(
    const uint32_t *documents, const float *scores, int from, int to, uint32_t start, double *sums, uint64_t *marks) {
  ckernels_accumulate_plain(documents, scores, from, to, start, sums, marks);
}

AVX2 static void mark_avx2(const uint32_t *documents, int from, int to, uint32_t start, uint64_t *marks) {
  ckernels_mark_plain(documents, from, to, start, marks);
}

AVX2 static int sift_all_avx2(const double *sums, int count, double minimum, uint32_t *slots) {
  const __m256d minimums = _mm256_set1_pd(minimum);
  int found = 0;
  for (int slot = 0; slot < count; slot += 16) {
    const __m256d a = _mm256_cmp_pd(_mm256_loadu_pd(sums + slot), minimums, _CMP_GT_OQ);
    const __m256d b = _mm256_cmp_pd(_mm256_loadu_pd(sums + slot + 4), minimums, _CMP_GT_OQ);
    const __m256d c = _mm256_cmp_pd(_mm256_loadu_pd(sums + slot + 8), minimums, _CMP_GT_OQ);
    const __m256d d = _mm256_cmp_pd(_mm256_loadu_pd(sums + slot + 12), minimums, _CMP_GT_OQ);
    if (_mm256_testz_pd(_mm256_or_pd(a, b), _mm256_or_pd(a, b)) && _mm256_testz_pd(_mm256_or_pd(c, d), _mm256_or_pd(c, d)))
      continue;
    unsigned mask = (unsigned)(_mm256_movemask_pd(a) | _mm256_movemask_pd(b) << 4 | _mm256_movemask_pd(c) << 8 |
                               _mm256_movemask_pd(d) << 12);
    for (; mask; mask &= mask - 1) slots[found++] = (uint32_t)(slot + __builtin_ctz(mask));
  }
  return found;
}

// The plain code with the processor's own instructions on bits.
AVX2 static int sift_avx2(
    const uint64_t *marks, int word_count, const double *sums, double minimum, uint32_t *slots) {
  return ckernels_sift_plain(marks, word_count, sums, minimum, slots);
}

AVX2 static int is_bit_set_avx2(const uint8_t *words, int word_count, uint32_t highest) {
  return ckernels_is_bit_set_plain(words, word_count, highest);
}

AVX2 static int64_t count_bits_avx2(const uint64_t *words, int word_count) {
  return ckernels_count_bits_plain(words, word_count);
}

AVX2 static int intersect_bits_avx2(
    const uint32_t *candidates, int count, uint32_t base, const uint8_t *words, int word_count,
    uint8_t *candidate_places, uint8_t *block_places) {
  return ckernels_intersect_bits_plain(candidates, count, base, words, word_count, candidate_places, block_places);
}

#define CHOOSE(name, ...) (has_avx2 ? name##_avx2(__VA_ARGS__) : ckernels_##name##_plain(__VA_ARGS__))

#else

#define CHOOSE(name, ...) ckernels_##name##_plain(__VA_ARGS__)

#endif

int ckernels_rank128(const uint32_t *values, uint32_t target) { return CHOOSE(rank128, values, target); }

int ckernels_intersect128(
    const uint32_t *candidates, int count, const uint32_t *block, uint8_t *candidate_places, uint8_t *block_places) {
  return CHOOSE(intersect128, candidates, count, block, candidate_places, block_places);
}

void ckernels_score(
    const uint32_t *documents, const uint32_t *frequencies, int count, const uint8_t *norms, const float *factors,
    float weight, float *scores) {
  CHOOSE(score, documents, frequencies, count, norms, factors, weight, scores);
}

int ckernels_select_above(const float *scores, int count, float threshold, uint8_t *places) {
  return CHOOSE(select_above, scores, count, threshold, places);
}

int ckernels_select_from(const uint32_t *values, int count, uint32_t minimum, uint8_t *places) {
  return CHOOSE(select_from, values, count, minimum, places);
}

int ckernels_intersect_bits(
    const uint32_t *candidates, int count, uint32_t base, const uint8_t *words, int word_count,
    uint8_t *candidate_places, uint8_t *block_places) {
  return CHOOSE(intersect_bits, candidates, count, base, words, word_count, candidate_places, block_places);
}

void ckernels_accumulate(
    const uint32_t *documents, const float *scores, int from, int to, uint32_t start, double *sums, uint64_t *marks) {
  CHOOSE(accumulate, documents, scores, from, to, start, sums, marks);
}

void ckernels_mark(const uint32_t *documents, int from, int to, uint32_t start, uint64_t *marks) {
  CHOOSE(mark, documents, from, to, start, marks);
}

void ckernels_mark_bits(const uint8_t *words, int word_count, uint32_t bit, uint64_t *marks) {
  marks += bit >> 6;
  const int shift = (int)(bit & 63);
  if (shift == 0) {
    for (int i = 0; i < word_count; i++) marks[i] |= load64(words + 8 * i);
    return;
  }
  uint64_t carry = 0;
  for (int i = 0; i < word_count; i++) {
    const uint64_t word = load64(words + 8 * i);
    marks[i] |= word << shift | carry;
    carry = word >> (64 - shift);
  }
  marks[word_count] |= carry;
}

int ckernels_sift(const uint64_t *marks, int word_count, const double *sums, double minimum, uint32_t *slots) {
  return CHOOSE(sift, marks, word_count, sums, minimum, slots);
}

int ckernels_sift_all(const double *sums, int count, double minimum, uint32_t *slots) {
  return CHOOSE(sift_all, sums, count, minimum, slots);
}

int ckernels_is_bit_set(const uint8_t *words, int word_count, uint32_t highest) {
  return CHOOSE(is_bit_set, words, word_count, highest);
}

int64_t ckernels_count_bits(const uint64_t *words, int word_count) { return CHOOSE(count_bits, words, word_count); }
