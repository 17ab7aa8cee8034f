// Charset detection and conversion to UTF-8, with ICU's own types kept inside this file.
#include "cicu_charset.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucnv_err.h>
#include <unicode/ucsdet.h>

enum { PIVOT_UNITS = 4096 };

size_t cicu_detect_charset(const uint8_t *bytes, size_t count, cicu_charset_guess *guesses, size_t capacity) {
  if (count == 0 || count > INT32_MAX) return 0;
  UErrorCode status = U_ZERO_ERROR;
  UCharsetDetector *detector = ucsdet_open(&status);
  if (U_FAILURE(status)) return 0;
  ucsdet_setText(detector, (const char *)bytes, (int32_t)count, &status);
  int32_t found = 0;
  const UCharsetMatch **matches = ucsdet_detectAll(detector, &found, &status);
  size_t kept = 0;
  for (int32_t i = 0; U_SUCCESS(status) && i < found && kept < capacity; i++) {
    const char *name = ucsdet_getName(matches[i], &status);
    int32_t confidence = ucsdet_getConfidence(matches[i], &status);
    if (U_FAILURE(status) || name == NULL || strlen(name) >= sizeof(guesses[kept].name)) continue;
    memset(guesses[kept].name, 0, sizeof(guesses[kept].name));
    memcpy(guesses[kept].name, name, strlen(name));
    guesses[kept].confidence = confidence;
    kept++;
  }
  ucsdet_close(detector);
  return kept;
}

static void count_and_replace(const void *context, UConverterToUnicodeArgs *arguments, const char *units,
                              int32_t length, UConverterCallbackReason reason, UErrorCode *status) {
  (void)units;
  (void)length;
  if (reason > UCNV_IRREGULAR) return;
  static const UChar replacement[] = {0xFFFD};
  *status = U_ZERO_ERROR;
  (*(size_t *)context)++;
  ucnv_cbToUWriteUChars(arguments, replacement, 1, 0, status);
}

static int grow(cicu_conversion *conversion, size_t *capacity) {
  size_t larger = *capacity + *capacity / 2 + 256;
  uint8_t *bytes = larger > *capacity ? realloc(conversion->bytes, larger) : NULL;
  if (bytes == NULL) return 0;
  conversion->bytes = bytes;
  *capacity = larger;
  return 1;
}

static cicu_conversion_status convert(UConverter *from, UConverter *to, const char *source, const char *source_end,
                                      cicu_conversion *conversion, size_t capacity) {
  UChar pivot[PIVOT_UNITS];
  UChar *pivot_source = pivot;
  UChar *pivot_target = pivot;
  UBool reset = 1;
  while (1) {
    UErrorCode status = U_ZERO_ERROR;
    char *target = (char *)conversion->bytes + conversion->count;
    ucnv_convertEx(to, from, &target, (char *)conversion->bytes + capacity, &source, source_end, pivot, &pivot_source,
                   &pivot_target, pivot + PIVOT_UNITS, reset, 1, &status);
    reset = 0;
    conversion->count = (size_t)(target - (char *)conversion->bytes);
    if (status == U_BUFFER_OVERFLOW_ERROR) {
      if (!grow(conversion, &capacity)) return CICU_CONVERSION_OUT_OF_MEMORY;
      continue;
    }
    return U_SUCCESS(status) ? CICU_CONVERSION_OK : CICU_CONVERSION_FAILED;
  }
}

cicu_conversion_status cicu_convert_to_utf8(
    const char *charset, const uint8_t *bytes, size_t count, cicu_conversion *conversion) {
  memset(conversion, 0, sizeof(*conversion));
  UErrorCode status = U_ZERO_ERROR;
  UConverter *from = ucnv_open(charset, &status);
  if (U_FAILURE(status)) return CICU_CONVERSION_UNKNOWN_CHARSET;
  UConverter *to = ucnv_open("UTF-8", &status);
  ucnv_setToUCallBack(from, count_and_replace, &conversion->replaced, NULL, NULL, &status);
  // Two bytes of a Chinese charset become three; other charsets grow the memory as they go.
  size_t capacity = count + count / 2 + 256;
  conversion->bytes = U_SUCCESS(status) && capacity > count ? malloc(capacity) : NULL;
  cicu_conversion_status result = CICU_CONVERSION_OUT_OF_MEMORY;
  if (conversion->bytes != NULL) {
    const char *source = (const char *)bytes;
    result = convert(from, to, source, source + count, conversion, capacity);
  }
  if (result != CICU_CONVERSION_OK) cicu_conversion_free(conversion);
  ucnv_close(from);
  if (to != NULL) ucnv_close(to);
  return result;
}

void cicu_conversion_free(cicu_conversion *conversion) {
  free(conversion->bytes);
  conversion->bytes = NULL;
  conversion->count = 0;
}
