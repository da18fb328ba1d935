// Files that travel inside the program, put there by #embed (quick: SwiftPM's own embedding takes minutes).
#pragma once
#include <stddef.h>

typedef struct {
    // Path from the repository's root, or from Sources/CShipped for what lies there.
    const char *name;
    const unsigned char *bytes;
    size_t count;
} casebook_shipped_file;

size_t casebook_shipped_file_total(void);
const casebook_shipped_file *casebook_shipped_file_at(size_t index);
