// ICU renames its functions by macro (ubrk_open is ubrk_open_72), which Swift does not see:
// each function that we use has a plain name here.
#pragma once
#include <unicode/ubrk.h>
#include <unicode/ucol.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utext.h>

static inline const UNormalizer2 *casebook_nfc(UErrorCode *status) { return unorm2_getNFCInstance(status); }
static inline const UNormalizer2 *casebook_nfd(UErrorCode *status) { return unorm2_getNFDInstance(status); }
static inline int32_t casebook_normalize(
    const UNormalizer2 *form, const UChar *text, int32_t length, UChar *result, int32_t capacity, UErrorCode *status
) {
    return unorm2_normalize(form, text, length, result, capacity, status);
}
