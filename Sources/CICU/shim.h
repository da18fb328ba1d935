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

// Break iterators over UTF-8: borders are byte offsets.
#include <unicode/ures.h>

static inline UBreakIterator *casebook_open_borders(const UChar *rules, int32_t length, UErrorCode *status) {
    UParseError place;
    return ubrk_openRules(rules, length, 0, 0, &place, status);
}
static inline void casebook_close_borders(UBreakIterator *iterator) { ubrk_close(iterator); }
static inline UText *casebook_open_text(UText *reused, const char *bytes, int64_t count, UErrorCode *status) {
    return utext_openUTF8(reused, bytes, count, status);
}
static inline void casebook_close_text(UText *text) { utext_close(text); }
static inline void casebook_set_text(UBreakIterator *iterator, UText *text, UErrorCode *status) {
    ubrk_setUText(iterator, text, status);
}
static inline int32_t casebook_first_border(UBreakIterator *iterator) { return ubrk_first(iterator); }
static inline int32_t casebook_next_border(UBreakIterator *iterator) { return ubrk_next(iterator); }

// CLDR's list of abbreviations that end no sentence, the one behind `@ss=standard`; 0 where a language has none.
static inline UResourceBundle *casebook_open_abbreviations(const char *language, UErrorCode *status) {
    UResourceBundle *root = ures_open(U_ICUDATA_NAME "-brkitr", language, status);
    UResourceBundle *exceptions = ures_getByKey(root, "exceptions", 0, status);
    UResourceBundle *list = ures_getByKey(exceptions, "SentenceBreak", 0, status);
    ures_close(exceptions);
    ures_close(root);
    return list;
}
static inline int32_t casebook_count_of(const UResourceBundle *list) { return ures_getSize(list); }
static inline const UChar *casebook_string_at(
    const UResourceBundle *list, int32_t index, int32_t *length, UErrorCode *status
) {
    return ures_getStringByIndex(list, index, length, status);
}
static inline void casebook_close_list(UResourceBundle *list) { ures_close(list); }

// Collation of UTF-8 strings.
static inline UCollator *casebook_open_collator(const char *language, UErrorCode *status) {
    UCollator *collator = ucol_open(language, status);
    if (U_FAILURE(*status)) return collator;
    // 2 before 10; and spaces, punctuation and symbols count (we take them out of headings ourselves).
    ucol_setAttribute(collator, UCOL_NUMERIC_COLLATION, UCOL_ON, status);
    ucol_setAttribute(collator, UCOL_ALTERNATE_HANDLING, UCOL_NON_IGNORABLE, status);
    return collator;
}
static inline void casebook_set_primary_strength(UCollator *collator) { ucol_setStrength(collator, UCOL_PRIMARY); }
static inline void casebook_close_collator(UCollator *collator) { ucol_close(collator); }
static inline int casebook_collate(
    const UCollator *collator, const char *left, int32_t leftLength, const char *right, int32_t rightLength
) {
    UErrorCode status = U_ZERO_ERROR;
    return ucol_strcollUTF8(collator, left, leftLength, right, rightLength, &status);
}
