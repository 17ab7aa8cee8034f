// A call that callgrind can tell from everything around it.
#ifndef CMEASURING_H
#define CMEASURING_H

/// Calls `body` with `context`. Never inlined, so that `--toggle-collect=cmeasuring_region` and
/// `--dump-after=cmeasuring_region` of callgrind see it come and go.
void cmeasuring_region(void (*body)(void *), void *context);

#endif
