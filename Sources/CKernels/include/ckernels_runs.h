// Runs of unsigned 32-bit integers in Rice codes, their parts apart, so that any of them is found without its neighbours.
//
// The low parts come first, as a stream (ckernels_blocks.h) of `low` bits for each value, then the high parts, right behind:
// for each value as many zeros as value >> low, and a one; zeros up to the next byte. So the i-th one from the start of the
// high parts ends value i, as in the codes of Elias and Fano. (Rice, "Some practical universal noiseless coding
// techniques", 1979; Vigna, "Quasi-succinct indices", 2013.)
#ifndef CKERNELS_RUNS_H
#define CKERNELS_RUNS_H

#include <stddef.h>
#include <stdint.h>

/// The bits of a run of `count` values with `low` low bits each. 0 <= low <= 31.
uint64_t ckernels_run_bits(const uint32_t *values, size_t count, int low);

/// Packs a run. `bytes` are zero and have room for it.
void ckernels_pack_run(const uint32_t *values, size_t count, int low, uint8_t *bytes);

/// Unpacks `count` values from number `first` on, of the `total` values of a run of `length` bytes, which are modulo 2^32.
/// Returns 0 where the run has not as many, or other bytes follow its last value, which is seen when that is unpacked.
/// 0 <= low <= 31, first + count <= total, total * (low + 1) <= 8 * length. May read, and ignore, 8 bytes behind the run.
int ckernels_unpack_run(
    const uint8_t *bytes, size_t length, size_t total, int low, size_t first, size_t count, uint32_t *values);

/// The same without instructions that not every processor has.
int ckernels_unpack_run_plain(
    const uint8_t *bytes, size_t length, size_t total, int low, size_t first, size_t count, uint32_t *values);

#endif
