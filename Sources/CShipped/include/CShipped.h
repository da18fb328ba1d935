// Files that travel inside the program, put there by #embed (quick: SwiftPM's own embedding takes minutes).
#pragma once
#include <stddef.h>

typedef struct {
    const char *name;
    const unsigned char *bytes;
    size_t count;
} casebook_shipped_file;

extern const casebook_shipped_file casebook_shipped_files[];
extern const size_t casebook_shipped_file_count;
