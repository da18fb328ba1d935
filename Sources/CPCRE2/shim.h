// PCRE2 renames its functions by macro (pcre2_compile is pcre2_compile_8), which Swift does not see.
#pragma once
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
