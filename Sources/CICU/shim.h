// ICU renames its functions by macro (ubrk_open is ubrk_open_72), which Swift does not see:
// each function that we use has a plain name here.
#pragma once
#include <unicode/ubrk.h>
#include <unicode/ucol.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utext.h>
