#include "cmeasuring.h"

__attribute__((noinline)) void cmeasuring_region(void (*body)(void *), void *context) {
  body(context);
  __asm__ volatile("" ::: "memory");  // No tail call: it would leave the region before the body runs.
}
