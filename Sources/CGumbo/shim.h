// Names the installed gumbo, an HTML5 parser in C; only the target CHTML includes its header.
#pragma once
