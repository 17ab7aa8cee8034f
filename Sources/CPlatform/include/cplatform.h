// System calls that Swift cannot import, or not well: variadic, overloaded by a type of the same name, or in need
// of a loop around EINTR and short transfers.
//
// Every function that can fail returns 0 or a positive result, or the negated value of errno. Nothing is retried
// but a call that a signal interrupted before it did anything; fsync and close are never called again.
#ifndef CPLATFORM_H
#define CPLATFORM_H

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// Opens a directory. The result is a descriptor for the calls below.
int cplatform_open_directory(const char *path);

/// Makes one directory; -EEXIST when there is something with this name.
int cplatform_make_directory(const char *path);

/// Creates a file for writing; -EEXIST when there is one, even as a link that leads nowhere.
int cplatform_create(int directory, const char *name);

/// Opens a regular file for reading; -EINVAL for anything else. Never waits for the other end of a pipe.
int cplatform_open(int directory, const char *name);

/// Opens the file of a lock for reading and writing and creates it when it is missing.
int cplatform_open_lock(int directory, const char *name);

/// The length of an open file in bytes.
int64_t cplatform_length(int descriptor);

/// The length of a regular file in bytes.
int64_t cplatform_length_at(int directory, const char *name);

/// Writes all bytes, however many calls that takes.
int cplatform_write_all(int descriptor, const void *bytes, size_t count);

/// Replaces the contents of a small file.
int cplatform_overwrite(int descriptor, const void *_Nullable bytes, size_t count);

/// Reads up to `count` bytes from the start of the file; the result is how many.
int64_t cplatform_read_start(int descriptor, void *_Nullable bytes, size_t count);

/// fsync(2), once.
int cplatform_sync(int descriptor);

/// close(2), once: the descriptor is gone even when there is an error.
int cplatform_close(int descriptor);

/// renameat(2) within a directory.
int cplatform_rename(int directory, const char *from, const char *to);

/// unlinkat(2) of a file.
int cplatform_remove(int directory, const char *name);

/// flock(2), exclusive, without waiting: -EWOULDBLOCK while somebody else has it.
int cplatform_try_lock(int descriptor);

/// flock(2), unlock.
int cplatform_unlock(int descriptor);

/// Maps an open file for reading. `count` is not 0.
int cplatform_map(int descriptor, size_t count, const void *_Nullable *_Nonnull mapping);

/// Takes a mapping away.
void cplatform_unmap(const void *mapping, size_t count);

/// Asks for pages to be read ahead. Advice: there is no error.
void cplatform_will_need(const void *bytes, size_t count);

/// Zeroed memory, aligned to 64 bytes, from 2 MiB on in large pages where the system has them; NULL without memory.
void *_Nullable cplatform_allocate(size_t count);

/// Gives memory of `cplatform_allocate`, and of the same count, back.
void cplatform_deallocate(void *memory, size_t count);

/// Makes freed memory go back to the system early, where the allocator can be told so: from 4 MiB on.
void cplatform_return_freed_memory(void);

/// A listing of the regular files of a directory.
typedef struct cplatform_listing cplatform_listing;

/// Starts a listing; NULL with an error.
cplatform_listing *_Nullable cplatform_listing_open(int directory, int *error);

/// The next name, valid until the next call; NULL at the end (`error` 0) or with an error.
const char *_Nullable cplatform_listing_next(cplatform_listing *listing, int *error);

/// Ends a listing.
void cplatform_listing_close(cplatform_listing *listing);

/// Anonymous memory of this process that is resident, in bytes (Linux: resident less shared pages of
/// /proc/self/statm).
int64_t cplatform_anonymous_memory(void);

/// Processors that this process may run on; at least 1.
int cplatform_processors(void);

/// Milliseconds of a clock that never goes back.
int64_t cplatform_milliseconds(void);

/// Waits.
void cplatform_sleep(int milliseconds);

/// What an errno means, in English; NULL when it means nothing.
const char *_Nullable cplatform_error_text(int error);

/// The number of this process.
int cplatform_process(void);

#pragma clang assume_nonnull end

#endif
