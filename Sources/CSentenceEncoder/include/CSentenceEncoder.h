// A BERT-like sentence encoder with 8-bit weights, forward pass only.
//
// Linear layers multiply 8-bit integers, exactly; all else is done in floats sixteen at a time, in one order of
// additions and without fused operations. So every kernel gives the same bits, and a score does not depend on the
// machine.
#pragma once
#include <stddef.h>
#include <stdint.h>

// Widths that the kernels need: inputs are a multiple of 64 (and outputs, which are inputs elsewhere, of 4), the width
// of a head of 16.
#define CASEBOOK_INPUT_STEP 64
#define CASEBOOK_HEAD_STEP 16

// A linear layer: `outputs` rows of `inputs` weights, one scale a row.
typedef struct {
    int32_t outputs, inputs;
    const int8_t *weights;
    const float *scales;
    const float *bias;
    // Sums of each row's weights (casebook_row_sums): what kernels with unsigned inputs take off again.
    const int32_t *row_sums;
} casebook_linear;

typedef struct {
    casebook_linear query_key_value, attention_output, intermediate, output;
    const float *attention_norm_scale, *attention_norm_shift, *output_norm_scale, *output_norm_shift;
} casebook_encoder_layer;

typedef struct {
    int32_t layer_count, hidden, heads, positions, vocabulary;
    const int8_t *word_weights;     // vocabulary × hidden
    const float *word_scales;       // one a word
    const float *position_weights;  // positions × hidden, the vector of the only token type added
    const float *norm_scale, *norm_shift;
    const casebook_encoder_layer *layers;
} casebook_encoder;

typedef enum {
    casebook_kernel_plain = 0,
    casebook_kernel_avx2 = 1,
    casebook_kernel_vnni = 2,
} casebook_kernel;

// The quickest kernel of this processor, and whether it has one.
casebook_kernel casebook_best_kernel(void);
int casebook_has_kernel(casebook_kernel kernel);

void casebook_row_sums(const int8_t *weights, int32_t outputs, int32_t inputs, int32_t *sums);

// Bytes of scratch memory for a batch of `tokens` tokens in all.
size_t casebook_encoder_scratch(const casebook_encoder *encoder, int32_t tokens);

// Hidden states of the last layer, tokens × hidden, of a batch of texts.
//
// Text i has the ids starts[i] ..< starts[i + 1]: at least one, at most `positions`, each below `vocabulary`.
// `scratch` is 64-byte aligned. Thread-safe: the encoder is only read.
void casebook_encode(
    const casebook_encoder *encoder, casebook_kernel kernel, const int32_t *ids, const int32_t *starts, int32_t count,
    float *states, void *scratch);

// Mean and element-wise maximum of the states of one text. `hidden` is a multiple of 16.
void casebook_pool(const float *states, int32_t tokens, int32_t hidden, float *mean, float *largest);

// outputs[r] = Σ_i weights[r][i] · vector[i] + bias[r]. `width` is a multiple of 16.
void casebook_head(
    const float *weights, const float *bias, int32_t rows, int32_t width, const float *vector, float *outputs);

// logits[c] += Σ_t a_t · (values[c] · states[t]), a = softmax over the text's tokens of queries[c] · states[t].
// marks[t · concepts + c] = queries[c] · states[t]: how much a token shows a concept. `hidden` is a multiple of 16.
void casebook_attention_head(
    const float *states, int32_t tokens, int32_t hidden, const float *queries, const float *values, int32_t concepts,
    float *logits, float *marks);

// outputs[r] = Σ_i rows[r][i] · vector[i]: unit vectors × 127 against another, as whole numbers.
void casebook_products(const int8_t *rows, int32_t count, int32_t width, const int8_t *vector, int32_t *outputs);
