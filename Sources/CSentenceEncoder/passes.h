// What the kernels and their caller share.
#pragma once
#include "CSentenceEncoder.h"
#include "lanes.h"

// Scratch memory of one batch, divided.
typedef struct {
    float *wide;       // tokens × the widest layer
    float *attended;   // tokens × hidden
    float *projected;  // tokens × hidden
    int8_t *quantized; // tokens × the widest layer
    float *scales;     // tokens
    float *keys;       // one head of the longest text, by component
    float *weights;    // four queries of the longest text
} pass_memory;

typedef void casebook_pass(
    const casebook_encoder *encoder, const int32_t *ids, const int32_t *starts, int32_t count, float *states,
    const pass_memory *memory);

casebook_pass casebook_pass_plain, casebook_pass_avx2, casebook_pass_vnni;

// Four sums of integer products, scaled back; the same operations in every kernel.
INLINE void finished(four_integers sums, float scale, const casebook_linear *linear, int32_t o, float *to) {
    four_lanes scales, bias;
    memcpy(&scales, linear->scales + o, sizeof scales);
    memcpy(&bias, linear->bias + o, sizeof bias);
    const four_lanes result = __builtin_convertvector(sums, four_lanes) * scale * scales + bias;
    memcpy(to, &result, sizeof result);
}
