// A hint that memory will be needed soon.
#ifndef CKERNELS_PREFETCH_H
#define CKERNELS_PREFETCH_H

/// Asks for the cache line of an address, which need not be a valid one.
static inline __attribute__((always_inline)) void ckernels_prefetch(const void *address) {
  __builtin_prefetch(address);
}

/// The same for memory that will be written.
static inline __attribute__((always_inline)) void ckernels_prefetch_for_writing(const void *address) {
  __builtin_prefetch(address, 1);
}

#endif
