#include "CShipped.h"

// One line a file: EMBED(identifier, path from here). The name is the path under the repository's root.
#define EMBED(identifier, path) static const unsigned char identifier[] =

const casebook_shipped_file casebook_shipped_files[] = {
    {"", 0, 0},
};
const size_t casebook_shipped_file_count = 0;
