// Charset detection and conversion to UTF-8 through ICU, behind plain C types.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A guess of ICU's detector: the charset's IANA name and a confidence from 0 to 100.
typedef struct cicu_charset_guess {
  char name[32];
  int32_t confidence;
} cicu_charset_guess;

/// Fills `guesses` with at most `capacity` guesses, the most confident first, and returns their number; 0 on failure.
size_t cicu_detect_charset(const uint8_t *bytes, size_t count, cicu_charset_guess *guesses, size_t capacity);

typedef enum cicu_conversion_status {
  CICU_CONVERSION_OK = 0,
  CICU_CONVERSION_UNKNOWN_CHARSET = 1,
  CICU_CONVERSION_OUT_OF_MEMORY = 2,
  CICU_CONVERSION_FAILED = 3
} cicu_conversion_status;

/// UTF-8 in memory of its own, to be given back with cicu_conversion_free.
typedef struct cicu_conversion {
  uint8_t *bytes;
  size_t count;
  /// Byte sequences of the source that stand for no character; each became U+FFFD.
  size_t replaced;
} cicu_conversion;

/// Converts from the named charset to UTF-8. Linear in `count`.
cicu_conversion_status cicu_convert_to_utf8(
    const char *charset, const uint8_t *bytes, size_t count, cicu_conversion *conversion);

void cicu_conversion_free(cicu_conversion *conversion);

#ifdef __cplusplus
}
#endif
