// CRC-32C by the processor's instructions where it has them, else by tables.

#include "ckernels_crc32c.h"

#include <pthread.h>
#include <string.h>

#define POLYNOMIAL 0x82F63B78u

// Slicing by 8 (Kounavis and Berry, "Novel table lookup-based algorithms for high-performance CRC generation",
// 2008): table k holds the remainders of one byte followed by k zero bytes.
static uint32_t tables[8][256];
static pthread_once_t tables_once = PTHREAD_ONCE_INIT;

static void make_tables(void) {
  for (uint32_t byte = 0; byte < 256; byte++) {
    uint32_t remainder = byte;
    for (int bit = 0; bit < 8; bit++) remainder = (remainder >> 1) ^ (remainder & 1 ? POLYNOMIAL : 0);
    tables[0][byte] = remainder;
  }
  for (int table = 1; table < 8; table++)
    for (uint32_t byte = 0; byte < 256; byte++) {
      uint32_t before = tables[table - 1][byte];
      tables[table][byte] = (before >> 8) ^ tables[0][before & 255];
    }
}

static uint32_t little_endian_32(const uint8_t *bytes) {
  return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

uint32_t ckernels_crc32c_by_tables(uint32_t seed, const void *bytes, size_t count) {
  pthread_once(&tables_once, make_tables);
  const uint8_t *next = bytes;
  uint32_t crc = ~seed;
  for (; count >= 8; count -= 8, next += 8) {
    uint32_t low = crc ^ little_endian_32(next), high = little_endian_32(next + 4);
    crc = tables[7][low & 255] ^ tables[6][low >> 8 & 255] ^ tables[5][low >> 16 & 255] ^ tables[4][low >> 24] ^
          tables[3][high & 255] ^ tables[2][high >> 8 & 255] ^ tables[1][high >> 16 & 255] ^ tables[0][high >> 24];
  }
  for (; count > 0; count--) crc = (crc >> 8) ^ tables[0][(crc ^ *next++) & 255];
  return ~crc;
}

#if defined(__x86_64__)

#include <immintrin.h>

// Gopal et al., "Fast CRC computation for iSCSI polynomial using CRC32 instruction", Intel, 2011: the instruction
// takes 3 cycles but starts anew in each, so three streams run side by side and are joined by carry-less
// multiplication. A remainder in front of n bytes is multiplied by x^(8n - 33); the crc32 instruction that reduces
// the product brings the other x^33 (32 by itself, 1 by the reflected product's missing bit).
enum { LONG_STREAM = 1024, SHORT_STREAM = 128 };
#define LONG_ONCE 0x170076FAu    // x^(8 * 1024 - 33) modulo the polynomial
#define LONG_TWICE 0xA51B6135u   // x^(16 * 1024 - 33)
#define SHORT_ONCE 0x0D3B6092u   // x^(8 * 128 - 33)
#define SHORT_TWICE 0xB9E02B86u  // x^(16 * 128 - 33)

#define ACCELERATED __attribute__((target("sse4.2,pclmul")))

ACCELERATED static inline uint64_t word(const uint8_t *bytes) {
  uint64_t value;
  memcpy(&value, bytes, 8);
  return value;
}

ACCELERATED static inline uint64_t times(uint64_t crc, uint32_t power) {
  __m128i product = _mm_clmulepi64_si128(_mm_cvtsi64_si128((long long)crc), _mm_cvtsi32_si128((int)power), 0);
  return (uint64_t)_mm_cvtsi128_si64(product);
}

ACCELERATED static inline uint64_t three_streams(
    uint64_t crc, const uint8_t *bytes, const size_t length, uint32_t once, uint32_t twice) {
  uint64_t second = 0, third = 0;
  for (size_t i = 0; i < length; i += 8) {
    crc = _mm_crc32_u64(crc, word(bytes + i));
    second = _mm_crc32_u64(second, word(bytes + length + i));
    third = _mm_crc32_u64(third, word(bytes + 2 * length + i));
  }
  return third ^ _mm_crc32_u64(0, times(crc, twice) ^ times(second, once));
}

ACCELERATED static uint32_t by_instructions(uint32_t seed, const void *bytes, size_t count) {
  const uint8_t *next = bytes;
  uint64_t crc = ~seed;
  for (; count >= 3 * LONG_STREAM; count -= 3 * LONG_STREAM, next += 3 * LONG_STREAM)
    crc = three_streams(crc, next, LONG_STREAM, LONG_ONCE, LONG_TWICE);
  for (; count >= 3 * SHORT_STREAM; count -= 3 * SHORT_STREAM, next += 3 * SHORT_STREAM)
    crc = three_streams(crc, next, SHORT_STREAM, SHORT_ONCE, SHORT_TWICE);
  for (; count >= 8; count -= 8, next += 8) crc = _mm_crc32_u64(crc, word(next));
  for (; count > 0; count--) crc = _mm_crc32_u8((uint32_t)crc, *next++);
  return ~(uint32_t)crc;
}

int ckernels_crc32c_is_accelerated(void) {
  return __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("pclmul");
}

#elif defined(__aarch64__) && defined(__ARM_FEATURE_CRC32)

#include <arm_acle.h>

static uint32_t by_instructions(uint32_t seed, const void *bytes, size_t count) {
  const uint8_t *next = bytes;
  uint32_t crc = ~seed;
  for (; count >= 8; count -= 8, next += 8) {
    uint64_t value;
    memcpy(&value, next, 8);
    crc = __crc32cd(crc, value);
  }
  for (; count > 0; count--) crc = __crc32cb(crc, *next++);
  return ~crc;
}

int ckernels_crc32c_is_accelerated(void) { return 1; }

#else

static uint32_t by_instructions(uint32_t seed, const void *bytes, size_t count) {
  return ckernels_crc32c_by_tables(seed, bytes, count);
}

int ckernels_crc32c_is_accelerated(void) { return 0; }

#endif

uint32_t ckernels_crc32c(uint32_t seed, const void *bytes, size_t count) {
  if (!ckernels_crc32c_is_accelerated()) return ckernels_crc32c_by_tables(seed, bytes, count);
  return by_instructions(seed, bytes, count);
}
