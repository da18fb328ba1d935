#include "CShipped.h"

// #embed is C23; clang has it in every mode of C.
#pragma clang diagnostic ignored "-Wc23-extensions"

// A file takes two places here: its bytes, and its line in the list.

static const unsigned char bonding_xml[] = {
#embed "../../Schemas/bonding.xml"
};

#define SHIPPED(name, bytes) {name, bytes, sizeof bytes}

static const casebook_shipped_file files[] = {
    SHIPPED("Schemas/bonding.xml", bonding_xml),
};

size_t casebook_shipped_file_total(void) { return sizeof files / sizeof files[0]; }

const casebook_shipped_file *casebook_shipped_file_at(size_t index) { return &files[index]; }
