// The installed md4c, a CommonMark parser in C that calls back for each block, span and piece of text.
#pragma once
#include <md4c.h>
