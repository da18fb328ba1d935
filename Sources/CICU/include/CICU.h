// What we use of ICU, under names and types of our own: ICU renames its functions by macro (ubrk_open is
// ubrk_open_72), which Swift does not see, and its headers clash with the ICU inside Foundation.
//
// `status` is ICU's error code: above 0 is an error, and a function does nothing when it comes in so.
#pragma once
#include <stdint.h>

// Canonical normal forms.
typedef struct casebook_normal_form casebook_normal_form;
const casebook_normal_form *casebook_nfc(int32_t *status);
const casebook_normal_form *casebook_nfd(int32_t *status);
int32_t casebook_normalize(
    const casebook_normal_form *form, const uint16_t *text, int32_t length, uint16_t *result, int32_t capacity,
    int32_t *status);
extern const int32_t casebook_buffer_overflow;

// Break iterators over UTF-8: borders are byte offsets.
typedef struct casebook_borders casebook_borders;
typedef struct casebook_text casebook_text;
casebook_borders *casebook_open_borders(const uint16_t *rules, int32_t length, int32_t *status);
void casebook_close_borders(casebook_borders *borders);
casebook_text *casebook_open_text(casebook_text *reused, const char *bytes, int64_t count, int32_t *status);
void casebook_close_text(casebook_text *text);
void casebook_set_text(casebook_borders *borders, casebook_text *text, int32_t *status);
int32_t casebook_first_border(casebook_borders *borders);
int32_t casebook_next_border(casebook_borders *borders);

// CLDR's list of abbreviations that end no sentence, the one behind `@ss=standard`; 0 where a language has none.
typedef struct casebook_strings casebook_strings;
casebook_strings *casebook_open_abbreviations(const char *language, int32_t *status);
int32_t casebook_count_of(const casebook_strings *list);
const uint16_t *casebook_string_at(const casebook_strings *list, int32_t index, int32_t *length, int32_t *status);
void casebook_close_list(casebook_strings *list);

// Collation of UTF-8 strings; numbers by value, spaces and punctuation count.
typedef struct casebook_collator casebook_collator;
casebook_collator *casebook_open_collator(const char *language, int32_t *status);
void casebook_set_primary_strength(casebook_collator *collator);
void casebook_close_collator(casebook_collator *collator);
int casebook_collate(
    const casebook_collator *collator, const char *left, int32_t left_length, const char *right, int32_t right_length);
