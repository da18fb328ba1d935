// The forward pass, built once for each kernel. Before it is included: PASS, the name of the function that it makes;
// INPUT_SHIFT, 128 where the kernel takes unsigned inputs, else 0; and
//
//     static void product(const int8_t *x, const float *scales, int32_t rows, const casebook_linear *, float *y)
//
// which is y[r][o] = (Σ_i x[r][i] · w[o][i]) · scales[r] · w.scales[o] + w.bias[o] in terms of `finished`.
#include "passes.h"

// Each row to 8 bits by its own largest value; `scales` lead back.
static void quantize(const float *x, int32_t rows, int32_t width, int8_t *quantized, float *scales) {
    for (int32_t r = 0; r < rows; r++) {
        const float *row = x + (size_t)r * width;
        lanes most = all(1e-9f);
        for (int32_t i = 0; i < width; i += LANES) most = larger(most, magnitude(load(row + i)));
        const float largest = largest_of(most);
        const float factor = 127.0f / largest;
        scales[r] = largest / 127.0f;
        int8_t *out = quantized + (size_t)r * width;
        for (int32_t i = 0; i < width; i += LANES) {
            const integer_lanes whole = __builtin_convertvector(rounded(load(row + i) * factor), integer_lanes);
            const byte_lanes bytes = __builtin_convertvector(whole + INPUT_SHIFT, byte_lanes);
            memcpy(out + i, &bytes, sizeof bytes);
        }
    }
}

static void apply(const casebook_linear *linear, const float *x, int32_t rows, float *y, const pass_memory *memory) {
    quantize(x, rows, linear->inputs, memory->quantized, memory->scales);
    product(memory->quantized, memory->scales, rows, linear, y);
}

// x ← norm(x + added), each row to mean 0 and variance 1; `added` may be 0.
static void add_and_normalize(
    float *x, const float *added, int32_t rows, int32_t width, const float *scale, const float *shift) {
    for (int32_t r = 0; r < rows; r++) {
        float *row = x + (size_t)r * width;
        lanes total = all(0);
        for (int32_t i = 0; i < width; i += LANES) {
            lanes value = load(row + i);
            if (added) {
                value += load(added + (size_t)r * width + i);
                store(row + i, value);
            }
            total += value;
        }
        const float mean = sum(total) / (float)width;
        lanes squares = all(0);
        for (int32_t i = 0; i < width; i += LANES) {
            const lanes distance = load(row + i) - mean;
            squares += distance * distance;
        }
        // 1e-12: the constant of BERT.
        const float factor = 1.0f / sqrtf(sum(squares) / (float)width + 1e-12f);
        for (int32_t i = 0; i < width; i += LANES)
            store(row + i, (load(row + i) - mean) * factor * load(scale + i) + load(shift + i));
    }
}

// x · Φ(x), with Abramowitz and Stegun's 7.1.26 for erf: error below 1.5e-7.
static void gelu(float *x, size_t count) {
    for (size_t i = 0; i < count; i += LANES) {
        const lanes value = load(x + i);
        const lanes size = magnitude(value);
        const lanes z = size * 0.70710678f;
        const lanes t = 1.0f / (1.0f + 0.3275911f * z);
        lanes p = all(1.061405429f);
        p = p * t - 1.453152027f;
        p = p * t + 1.421413741f;
        p = p * t - 0.284496736f;
        p = p * t + 0.254829592f;
        const lanes erf = 1.0f - p * t * exponential(-(z * z));
        store(x + i, 0.5f * (value + size * erf));
    }
}

// Softmax of `count` weights, padded to whole lanes; padding becomes 0.
static void soften(float *weights, int32_t count) {
    const int32_t padded = (count + LANES - 1) / LANES * LANES;
    for (int32_t k = count; k < padded; k++) weights[k] = -1e30f;
    lanes most = all(-1e30f);
    for (int32_t k = 0; k < padded; k += LANES) most = larger(most, load(weights + k));
    const float largest = largest_of(most);
    for (int32_t k = 0; k < padded; k += LANES) store(weights + k, exponential(load(weights + k) - largest));
    for (int32_t k = count; k < padded; k++) weights[k] = 0;
    lanes total = all(0);
    for (int32_t k = 0; k < padded; k += LANES) total += load(weights + k);
    const float factor = 1.0f / sum(total);
    for (int32_t k = 0; k < padded; k += LANES) store(weights + k, load(weights + k) * factor);
}

// Attention of one text. Queries, keys and values stand side by side in each row of `qkv`. Queries go by fours, so
// that keys and values are loaded once for four.
static void attend(
    const float *qkv, int32_t tokens, int32_t hidden, int32_t heads, float *out, const pass_memory *memory) {
    const int32_t width = hidden / heads;
    const int32_t padded = (tokens + LANES - 1) / LANES * LANES;
    const size_t row = (size_t)3 * hidden;
    const float scale = 1.0f / sqrtf((float)width);
    float *keys = memory->keys, *weights = memory->weights;
    for (int32_t h = 0; h < heads; h++) {
        // Keys by component: sixteen of them lie side by side.
        for (int32_t k = 0; k < padded; k++)
            for (int32_t i = 0; i < width; i++)
                keys[(size_t)i * padded + k] = k < tokens ? qkv[k * row + hidden + h * width + i] * scale : 0;
        const float *values = qkv + 2 * (size_t)hidden + h * width;
        for (int32_t q = 0; q < tokens; q += 4) {
            const float *query[4];
            for (int j = 0; j < 4; j++) query[j] = qkv + (q + j < tokens ? q + j : q) * row + h * width;
            for (int32_t k = 0; k < padded; k += LANES) {
                lanes dot[4] = {all(0), all(0), all(0), all(0)};
                for (int32_t i = 0; i < width; i++) {
                    const lanes key = load(keys + (size_t)i * padded + k);
                    for (int j = 0; j < 4; j++) dot[j] += key * query[j][i];
                }
                for (int j = 0; j < 4; j++) store(weights + (size_t)j * padded + k, dot[j]);
            }
            for (int j = 0; j < 4; j++) soften(weights + (size_t)j * padded, tokens);
            for (int32_t i = 0; i < width; i += LANES) {
                lanes result[4] = {all(0), all(0), all(0), all(0)};
                for (int32_t k = 0; k < tokens; k++) {
                    const lanes value = load(values + k * row + i);
                    for (int j = 0; j < 4; j++) result[j] += value * weights[(size_t)j * padded + k];
                }
                for (int j = 0; j < 4 && q + j < tokens; j++)
                    store(out + (size_t)(q + j) * hidden + h * width + i, result[j]);
            }
        }
    }
}

static void embed(const casebook_encoder *encoder, const int32_t *ids, int32_t tokens, float *states) {
    const int32_t hidden = encoder->hidden;
    for (int32_t t = 0; t < tokens; t++) {
        const int8_t *word = encoder->word_weights + (size_t)ids[t] * hidden;
        const float scale = encoder->word_scales[ids[t]];
        const float *position = encoder->position_weights + (size_t)t * hidden;
        float *state = states + (size_t)t * hidden;
        for (int32_t i = 0; i < hidden; i++) state[i] = (float)word[i] * scale + position[i];
    }
}

void PASS(
    const casebook_encoder *encoder, const int32_t *ids, const int32_t *starts, int32_t count, float *states,
    const pass_memory *memory) {
    const int32_t hidden = encoder->hidden;
    const int32_t tokens = starts[count];
    for (int32_t s = 0; s < count; s++)
        embed(encoder, ids + starts[s], starts[s + 1] - starts[s], states + (size_t)starts[s] * hidden);
    add_and_normalize(states, 0, tokens, hidden, encoder->norm_scale, encoder->norm_shift);
    for (int32_t l = 0; l < encoder->layer_count; l++) {
        const casebook_encoder_layer *layer = &encoder->layers[l];
        apply(&layer->query_key_value, states, tokens, memory->wide, memory);
        for (int32_t s = 0; s < count; s++)
            attend(
                memory->wide + (size_t)starts[s] * 3 * hidden, starts[s + 1] - starts[s], hidden, encoder->heads,
                memory->attended + (size_t)starts[s] * hidden, memory);
        apply(&layer->attention_output, memory->attended, tokens, memory->projected, memory);
        add_and_normalize(
            states, memory->projected, tokens, hidden, layer->attention_norm_scale, layer->attention_norm_shift);
        apply(&layer->intermediate, states, tokens, memory->wide, memory);
        gelu(memory->wide, (size_t)layer->intermediate.outputs * tokens);
        apply(&layer->output, memory->wide, tokens, memory->projected, memory);
        add_and_normalize(
            states, memory->projected, tokens, hidden, layer->output_norm_scale, layer->output_norm_shift);
    }
}
