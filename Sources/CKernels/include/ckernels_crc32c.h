// CRC-32C (Castagnoli), the checksum of iSCSI (RFC 3720, appendix B.4): reflected polynomial 0x82F63B78, start
// and end inverted. The checksum of "123456789" is 0xE3069283.
#ifndef CKERNELS_CRC32C_H
#define CKERNELS_CRC32C_H

#include <stddef.h>
#include <stdint.h>

/// The checksum of `count` bytes behind bytes whose checksum is `seed` (0 for none), with the fastest code that
/// the processor has.
uint32_t ckernels_crc32c(uint32_t seed, const void *bytes, size_t count);

/// The same by tables, on every processor.
uint32_t ckernels_crc32c_by_tables(uint32_t seed, const void *bytes, size_t count);

/// Whether `ckernels_crc32c` uses instructions of the processor for it.
int ckernels_crc32c_is_accelerated(void);

#endif
