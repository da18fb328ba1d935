#include "CPassageModel.h"

// #embed is C23; clang has it in every mode of C.
#pragma clang diagnostic ignored "-Wc23-extensions"

_Alignas(64) const unsigned char casebook_passage_model[] = {
#embed "../../Models/passages.safetensors" if_empty(0)
};
const size_t casebook_passage_model_size = sizeof casebook_passage_model;
