// Snowball's stemmers as packaged by the platform.
#include <libstemmer.h>
