// Umbrella of the ICU shim. No ICU header is visible to importers: ICU's macros and Foundation's own copy of ICU clash.
#ifndef LOQUAT_CICU_H
#define LOQUAT_CICU_H

#include "cicu_break.h"
#include "cicu_charset.h"
#include "cicu_dictionary.h"

#endif
