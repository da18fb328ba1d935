// The model that travels inside the program: Models/passages.safetensors.
#pragma once
#include <stddef.h>

// 64-byte aligned; one byte where there is none.
extern const unsigned char casebook_passage_model[];
extern const size_t casebook_passage_model_size;

// As a function: Swift sees an array of unknown size as a single value.
static inline const unsigned char *casebook_passage_model_bytes(void) { return casebook_passage_model; }
