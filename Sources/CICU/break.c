// Word boundaries by ICU: see cicu_break.h.
#include "cicu_break.h"

#include <pthread.h>
#include <stdlib.h>
#include <unicode/ubrk.h>
#include <unicode/uversion.h>

struct cicu_breaker {
  UBreakIterator *iterator;
};

static pthread_once_t prototype_once = PTHREAD_ONCE_INIT;
static UBreakIterator *prototype;

static void open_prototype(void) {
  UErrorCode status = U_ZERO_ERROR;
  prototype = ubrk_open(UBRK_WORD, "", NULL, 0, &status);
  if (U_FAILURE(status)) prototype = NULL;
}

cicu_breaker *cicu_breaker_open(void) {
  pthread_once(&prototype_once, open_prototype);
  if (prototype == NULL) return NULL;
  UErrorCode status = U_ZERO_ERROR;
  // A clone of an iterator that nobody moves costs a tenth of opening one.
  UBreakIterator *iterator = ubrk_clone(prototype, &status);
  if (U_FAILURE(status) || iterator == NULL) return NULL;
  cicu_breaker *breaker = malloc(sizeof *breaker);
  if (breaker == NULL) {
    ubrk_close(iterator);
    return NULL;
  }
  breaker->iterator = iterator;
  return breaker;
}

void cicu_breaker_close(cicu_breaker *breaker) {
  if (breaker == NULL) return;
  ubrk_close(breaker->iterator);
  free(breaker);
}

int cicu_breaker_set_text(cicu_breaker *breaker, const uint16_t *text, int32_t length) {
  UErrorCode status = U_ZERO_ERROR;
  ubrk_setText(breaker->iterator, (const UChar *)text, length, &status);
  if (U_FAILURE(status)) return 0;
  ubrk_first(breaker->iterator);
  return 1;
}

int32_t cicu_breaker_next(cicu_breaker *breaker, int32_t *ends, int32_t *statuses, int32_t capacity) {
  int32_t count = 0;
  while (count < capacity) {
    int32_t end = ubrk_next(breaker->iterator);
    if (end == UBRK_DONE) break;
    ends[count] = end;
    if (statuses != NULL) statuses[count] = ubrk_getRuleStatus(breaker->iterator);
    count++;
  }
  return count;
}

static pthread_once_t version_once = PTHREAD_ONCE_INIT;
static char version_text[U_MAX_VERSION_STRING_LENGTH];

static void make_version(void) {
  UVersionInfo version;
  u_getVersion(version);
  u_versionToString(version, version_text);
}

const char *cicu_version(void) {
  pthread_once(&version_once, make_version);
  return version_text;
}
