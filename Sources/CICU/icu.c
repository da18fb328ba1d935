#include "CICU.h"

#include <unicode/ubrk.h>
#include <unicode/ucol.h>
#include <unicode/unorm2.h>
#include <unicode/ures.h>
#include <unicode/utext.h>

#define CODE(status) ((UErrorCode *)(status))

const casebook_normal_form *casebook_nfc(int32_t *status) {
    return (const casebook_normal_form *)unorm2_getNFCInstance(CODE(status));
}
const casebook_normal_form *casebook_nfd(int32_t *status) {
    return (const casebook_normal_form *)unorm2_getNFDInstance(CODE(status));
}
int32_t casebook_normalize(
    const casebook_normal_form *form, const uint16_t *text, int32_t length, uint16_t *result, int32_t capacity,
    int32_t *status) {
    return unorm2_normalize((const UNormalizer2 *)form, text, length, result, capacity, CODE(status));
}
const int32_t casebook_buffer_overflow = U_BUFFER_OVERFLOW_ERROR;

casebook_borders *casebook_open_borders(const uint16_t *rules, int32_t length, int32_t *status) {
    UParseError place;
    return (casebook_borders *)ubrk_openRules(rules, length, 0, 0, &place, CODE(status));
}
void casebook_close_borders(casebook_borders *borders) { ubrk_close((UBreakIterator *)borders); }
casebook_text *casebook_open_text(casebook_text *reused, const char *bytes, int64_t count, int32_t *status) {
    return (casebook_text *)utext_openUTF8((UText *)reused, bytes, count, CODE(status));
}
void casebook_close_text(casebook_text *text) { utext_close((UText *)text); }
void casebook_set_text(casebook_borders *borders, casebook_text *text, int32_t *status) {
    ubrk_setUText((UBreakIterator *)borders, (UText *)text, CODE(status));
}
int32_t casebook_first_border(casebook_borders *borders) { return ubrk_first((UBreakIterator *)borders); }
int32_t casebook_next_border(casebook_borders *borders) { return ubrk_next((UBreakIterator *)borders); }

casebook_strings *casebook_open_abbreviations(const char *language, int32_t *status) {
    UResourceBundle *root = ures_open(U_ICUDATA_NAME "-brkitr", language, CODE(status));
    UResourceBundle *exceptions = ures_getByKey(root, "exceptions", 0, CODE(status));
    UResourceBundle *list = ures_getByKey(exceptions, "SentenceBreak", 0, CODE(status));
    ures_close(exceptions);
    ures_close(root);
    return (casebook_strings *)list;
}
int32_t casebook_count_of(const casebook_strings *list) { return ures_getSize((const UResourceBundle *)list); }
const uint16_t *casebook_string_at(const casebook_strings *list, int32_t index, int32_t *length, int32_t *status) {
    return ures_getStringByIndex((const UResourceBundle *)list, index, length, CODE(status));
}
void casebook_close_list(casebook_strings *list) { ures_close((UResourceBundle *)list); }

casebook_collator *casebook_open_collator(const char *language, int32_t *status) {
    UCollator *collator = ucol_open(language, CODE(status));
    if (*status > 0) return (casebook_collator *)collator;
    // 2 before 10; and spaces, punctuation and symbols count (we take them out of headings ourselves).
    ucol_setAttribute(collator, UCOL_NUMERIC_COLLATION, UCOL_ON, CODE(status));
    ucol_setAttribute(collator, UCOL_ALTERNATE_HANDLING, UCOL_NON_IGNORABLE, CODE(status));
    return (casebook_collator *)collator;
}
void casebook_set_primary_strength(casebook_collator *collator) {
    ucol_setStrength((UCollator *)collator, UCOL_PRIMARY);
}
void casebook_close_collator(casebook_collator *collator) { ucol_close((UCollator *)collator); }
int casebook_collate(
    const casebook_collator *collator, const char *left, int32_t left_length, const char *right, int32_t right_length) {
    UErrorCode status = U_ZERO_ERROR;
    return ucol_strcollUTF8((const UCollator *)collator, left, left_length, right, right_length, &status);
}
