// What bytes of text are, many at a time.
#ifndef CKERNELS_BYTES_H
#define CKERNELS_BYTES_H

#include <stdint.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/// Bit i of `blank` is set where byte i is white space of ASCII (09 to 0D, 20), of `other` where it is no printable
/// ASCII either.
typedef struct ckernels_byte_classes {
  uint64_t blank;
  uint64_t other;
} ckernels_byte_classes;

#define CKERNELS_INLINE static inline __attribute__((always_inline))

/// Classifies 64 bytes.
CKERNELS_INLINE ckernels_byte_classes ckernels_classify64(const uint8_t *bytes) {
  ckernels_byte_classes classes = {0, 0};
#if defined(__SSE2__)
  const __m128i space = _mm_set1_epi8(0x20), tab = _mm_set1_epi8(0x09), four = _mm_set1_epi8(4);
  for (int part = 0; part < 4; part++) {
    __m128i v = _mm_loadu_si128((const __m128i *)bytes + part);
    __m128i from_tab = _mm_sub_epi8(v, tab);
    __m128i blank = _mm_or_si128(
        _mm_cmpeq_epi8(v, space), _mm_cmpeq_epi8(_mm_min_epu8(from_tab, four), from_tab));
    // As signed numbers, bytes beyond ASCII and control characters are below the space.
    __m128i low = _mm_cmplt_epi8(v, space);
    classes.blank |= (uint64_t)(uint32_t)_mm_movemask_epi8(blank) << (16 * part);
    classes.other |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_andnot_si128(blank, low)) << (16 * part);
  }
#else
  for (int i = 0; i < 64; i++) {
    uint8_t byte = bytes[i];
    uint64_t blank = byte == 0x20 || (byte >= 0x09 && byte <= 0x0D);
    classes.blank |= blank << i;
    classes.other |= (uint64_t)(!blank && (byte < 0x20 || byte >= 0x80)) << i;
  }
#endif
  return classes;
}

/// How many of 16 bytes, from the first on, are letters of ASCII, and which bytes are blanks: bit i for byte i.
typedef struct ckernels_letters {
  uint32_t count;
  uint32_t blanks;
} ckernels_letters;

/// Copies 16 bytes with the letters of ASCII in lower case and the others as anything, and says what they are.
CKERNELS_INLINE ckernels_letters ckernels_lower_letters16(const uint8_t *bytes, uint8_t *lower) {
  ckernels_letters result;
#if defined(__SSE2__)
  __m128i v = _mm_loadu_si128((const __m128i *)bytes);
  __m128i low = _mm_or_si128(v, _mm_set1_epi8(0x20));
  _mm_storeu_si128((__m128i *)lower, low);
  __m128i from_a = _mm_sub_epi8(low, _mm_set1_epi8('a'));
  __m128i letters = _mm_cmpeq_epi8(_mm_min_epu8(from_a, _mm_set1_epi8(25)), from_a);
  result.count = (uint32_t)__builtin_ctz(~(uint32_t)_mm_movemask_epi8(letters));
  result.blanks = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8(0x20)));
#else
  result.count = 16;
  result.blanks = 0;
  for (uint32_t i = 16; i-- > 0;) {
    uint8_t letter = bytes[i] | 0x20;
    lower[i] = letter;
    if ((uint8_t)(letter - 'a') > 25) result.count = i;
    result.blanks |= (uint32_t)(bytes[i] == 0x20) << i;
  }
#endif
  return result;
}

#undef CKERNELS_INLINE

#endif
