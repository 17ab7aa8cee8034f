// SwiftPM wants a source file in a C target; the functions are libFuzzer's.

#include "CFuzzer.h"
