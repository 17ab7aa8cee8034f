// System calls with one convention for errors; see the header.

#define _GNU_SOURCE
#include "cplatform.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define RETRY(result, call) \
  do { \
    result = (call); \
  } while (result < 0 && errno == EINTR)

static int checked(int result) { return result < 0 ? -errno : result; }

static int open_at(int directory, const char *name, int flags) {
  int descriptor;
  RETRY(descriptor, openat(directory, name, flags | O_CLOEXEC, 0666));
  return checked(descriptor);
}

int cplatform_open_directory(const char *path) { return open_at(AT_FDCWD, path, O_RDONLY | O_DIRECTORY); }

int cplatform_make_directory(const char *path) { return checked(mkdir(path, 0777)); }

int cplatform_create(int directory, const char *name) {
  return open_at(directory, name, O_WRONLY | O_CREAT | O_EXCL);
}

int cplatform_open(int directory, const char *name) {
  int descriptor = open_at(directory, name, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  if (descriptor < 0) return descriptor;
  int64_t length = cplatform_length(descriptor);
  if (length >= 0) return descriptor;
  close(descriptor);
  return (int)length;
}

int cplatform_open_lock(int directory, const char *name) {
  return open_at(directory, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
}

static int64_t regular_length(const struct stat *status) {
  return S_ISREG(status->st_mode) ? status->st_size : -EINVAL;
}

int64_t cplatform_length(int descriptor) {
  struct stat status;
  if (fstat(descriptor, &status) < 0) return -errno;
  return regular_length(&status);
}

int64_t cplatform_length_at(int directory, const char *name) {
  struct stat status;
  if (fstatat(directory, name, &status, 0) < 0) return -errno;
  return regular_length(&status);
}

int cplatform_write_all(int descriptor, const void *bytes, size_t count) {
  const char *next = bytes;
  while (count > 0) {
    ssize_t written;
    RETRY(written, write(descriptor, next, count));
    if (written < 0) return -errno;
    if (written == 0) return -EIO;
    next += written;
    count -= (size_t)written;
  }
  return 0;
}

int cplatform_overwrite(int descriptor, const void *bytes, size_t count) {
  int result;
  RETRY(result, ftruncate(descriptor, 0));
  if (result < 0) return -errno;
  ssize_t written;
  RETRY(written, pwrite(descriptor, bytes, count, 0));
  if (written < 0) return -errno;
  return (size_t)written == count ? 0 : -EIO;
}

int64_t cplatform_read_start(int descriptor, void *bytes, size_t count) {
  ssize_t length;
  RETRY(length, pread(descriptor, bytes, count, 0));
  return length < 0 ? -errno : length;
}

int cplatform_sync(int descriptor) { return checked(fsync(descriptor)); }

int cplatform_close(int descriptor) { return checked(close(descriptor)); }

int cplatform_rename(int directory, const char *from, const char *to) {
  return checked(renameat(directory, from, directory, to));
}

int cplatform_remove(int directory, const char *name) { return checked(unlinkat(directory, name, 0)); }

int cplatform_try_lock(int descriptor) {
  int result;
  RETRY(result, flock(descriptor, LOCK_EX | LOCK_NB));
  return checked(result);
}

int cplatform_unlock(int descriptor) { return checked(flock(descriptor, LOCK_UN)); }

int cplatform_map(int descriptor, size_t count, const void **mapping) {
  void *address = mmap(NULL, count, PROT_READ, MAP_PRIVATE, descriptor, 0);
  if (address == MAP_FAILED) return -errno;
  *mapping = address;
  return 0;
}

void cplatform_unmap(const void *mapping, size_t count) { munmap((void *)mapping, count); }

void cplatform_will_need(const void *bytes, size_t count) {
  uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
  uintptr_t start = (uintptr_t)bytes / page * page;
  madvise((void *)start, count + ((uintptr_t)bytes - start), MADV_WILLNEED);
}

struct cplatform_listing {
  DIR *stream;
};

cplatform_listing *cplatform_listing_open(int directory, int *error) {
  // A descriptor of its own: the place in the listing belongs to the open directory, not to the descriptor.
  int descriptor = open_at(directory, ".", O_RDONLY | O_DIRECTORY);
  if (descriptor < 0) {
    *error = -descriptor;
    return NULL;
  }
  cplatform_listing *listing = malloc(sizeof *listing);
  DIR *stream = listing ? fdopendir(descriptor) : NULL;
  if (!stream) {
    *error = listing ? errno : ENOMEM;
    free(listing);
    close(descriptor);
    return NULL;
  }
  listing->stream = stream;
  return listing;
}

static int is_regular(cplatform_listing *listing, const struct dirent *entry) {
  if (entry->d_type == DT_REG) return 1;
  if (entry->d_type != DT_UNKNOWN && entry->d_type != DT_LNK) return 0;
  struct stat status;
  return fstatat(dirfd(listing->stream), entry->d_name, &status, 0) == 0 && S_ISREG(status.st_mode);
}

const char *cplatform_listing_next(cplatform_listing *listing, int *error) {
  for (;;) {
    errno = 0;
    struct dirent *entry = readdir(listing->stream);
    if (!entry) {
      *error = errno;
      return NULL;
    }
    if (is_regular(listing, entry)) return entry->d_name;
  }
}

void cplatform_listing_close(cplatform_listing *listing) {
  closedir(listing->stream);
  free(listing);
}

int64_t cplatform_anonymous_memory(void) {
  int descriptor = open_at(AT_FDCWD, "/proc/self/statm", O_RDONLY);
  if (descriptor < 0) return descriptor;
  char text[128];
  int64_t length = cplatform_read_start(descriptor, text, sizeof text - 1);
  close(descriptor);
  if (length < 0) return length;
  text[length] = 0;
  long long size, resident, shared;
  if (sscanf(text, "%lld %lld %lld", &size, &resident, &shared) != 3) return -EINVAL;
  return (resident - shared) * sysconf(_SC_PAGESIZE);
}

int64_t cplatform_milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void cplatform_sleep(int milliseconds) {
  struct timespec left = {milliseconds / 1000, (milliseconds % 1000) * 1000000L};
  while (nanosleep(&left, &left) < 0 && errno == EINTR) continue;
}

const char *cplatform_error_text(int error) { return strerrordesc_np(error); }

int cplatform_process(void) { return getpid(); }

int cplatform_processors(void) {
#if defined(__linux__)
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) {
    int count = CPU_COUNT(&set);
    return count > 0 ? count : 1;
  }
#endif
  long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count > 0 ? (int)count : 1;
}

enum { LARGE_PAGE = 2 << 20 };

static size_t rounded_up(size_t count, size_t unit) { return (count + unit - 1) / unit * unit; }

void *cplatform_allocate(size_t count) {
  if (count < LARGE_PAGE) {
    size_t length = rounded_up(count, 64);
    void *memory = aligned_alloc(64, length);
    return memory == NULL ? NULL : memset(memory, 0, length);
  }
  if (count > SIZE_MAX - 2 * LARGE_PAGE) return NULL;
  size_t length = rounded_up(count, LARGE_PAGE);
  uint8_t *mapping =
      mmap(NULL, length + LARGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (mapping == MAP_FAILED) return NULL;
  uint8_t *memory = (uint8_t *)rounded_up((size_t)mapping, LARGE_PAGE);
  if (memory > mapping) munmap(mapping, (size_t)(memory - mapping));
  munmap(memory + length, (size_t)(mapping + LARGE_PAGE - memory));
#ifdef MADV_HUGEPAGE
  madvise(memory, length, MADV_HUGEPAGE);
#endif
  return memory;
}

void cplatform_deallocate(void *memory, size_t count) {
  if (count < LARGE_PAGE) {
    free(memory);
  } else {
    munmap(memory, rounded_up(count, LARGE_PAGE));
  }
}

void cplatform_return_freed_memory(void) {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 4 << 20);
  mallopt(M_TRIM_THRESHOLD, 4 << 20);
#endif
}
