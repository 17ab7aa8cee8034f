// Batches of candidate documents: finding them in blocks, scoring them, choosing those above a threshold.
//
// Documents and frequencies are below 2^31. "Above" compares as IEEE 754 does. Every kernel gives the same result, to the bit, with and
// without the vectors of the processor.
#ifndef CKERNELS_CANDIDATES_H
#define CKERNELS_CANDIDATES_H

#include <stdint.h>

/// How many of 128 ascending values are below `target`.
int ckernels_rank128(const uint32_t *values, uint32_t target);

/// Finds the candidates that are in a block. `candidates` are `count` <= 255 ascending documents, `block` 128 ascending
/// documents. Writes for each that is found its place among the candidates and in the block. Returns how many.
int ckernels_intersect128(
    const uint32_t *candidates, int count, const uint32_t *block, uint8_t *candidate_places, uint8_t *block_places);

/// The same for a block that is a bit set: bit n of `words` (64 * word_count bits) stands for document base + n, and the
/// place in the block is the number of set bits before. Candidates are not below `base`; those behind the bits are not
/// found.
int ckernels_intersect_bits(
    const uint32_t *candidates, int count, uint32_t base, const uint8_t *words, int word_count,
    uint8_t *candidate_places, uint8_t *block_places);

/// BM25 scores of `count` <= 128 postings: weight * (frequency / (frequency + factors[norms[document]])). Where `norms` is
/// null the factor is factors[0]. Up to 3 bytes behind the norm of a document are read, and ignored.
void ckernels_score(
    const uint32_t *documents, const uint32_t *frequencies, int count, const uint8_t *norms, const float *factors,
    float weight, float *scores);

/// The places of the scores above a threshold. `scores` has room for `count` rounded up to 8. Returns how many.
int ckernels_select_above(const float *scores, int count, float threshold, uint8_t *places);

/// The places of the values not below `minimum`, which is above 0 and below 2^31. `values` are below 2^31 and have room for
/// `count` rounded up to 8. Returns how many.
int ckernels_select_from(const uint32_t *values, int count, uint32_t minimum, uint8_t *places);

/// Adds scores[i] to sums[documents[i] - start] and, where `marks` is not null, sets that bit of it, for from <= i < to.
void ckernels_accumulate(
    const uint32_t *documents, const float *scores, int from, int to, uint32_t start, double *sums, uint64_t *marks);

/// Sets bit documents[i] - start of `marks` for from <= i < to.
void ckernels_mark(const uint32_t *documents, int from, int to, uint32_t start, uint64_t *marks);

/// Sets the bits of `words`, moved up by `bit`, in `marks`, which has room for word_count words more than bit / 64 and one.
void ckernels_mark_bits(const uint8_t *words, int word_count, uint32_t bit, uint64_t *marks);

/// Whether 128 bits are set, of which the highest is bit `highest`, which is below 64 * word_count.
int ckernels_is_bit_set(const uint8_t *words, int word_count, uint32_t highest);

/// How many bits are set.
int64_t ckernels_count_bits(const uint64_t *words, int word_count);

/// The slots of marked sums above `minimum`, ascending. Returns how many.
int ckernels_sift(const uint64_t *marks, int word_count, const double *sums, double minimum, uint32_t *slots);

/// The slots of all sums above `minimum`, ascending, without a look at marks: `count` is a multiple of 64.
int ckernels_sift_all(const double *sums, int count, double minimum, uint32_t *slots);

/// The same without vectors, on every processor.
int ckernels_rank128_plain(const uint32_t *values, uint32_t target);
int ckernels_intersect128_plain(
    const uint32_t *candidates, int count, const uint32_t *block, uint8_t *candidate_places, uint8_t *block_places);
void ckernels_score_plain(
    const uint32_t *documents, const uint32_t *frequencies, int count, const uint8_t *norms, const float *factors,
    float weight, float *scores);
int ckernels_select_above_plain(const float *scores, int count, float threshold, uint8_t *places);
int ckernels_select_from_plain(const uint32_t *values, int count, uint32_t minimum, uint8_t *places);
int ckernels_sift_all_plain(const double *sums, int count, double minimum, uint32_t *slots);

#endif
