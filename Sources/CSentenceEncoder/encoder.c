#include "passes.h"

int casebook_has_kernel(casebook_kernel kernel) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (kernel == casebook_kernel_avx2) return __builtin_cpu_supports("avx2") != 0;
    if (kernel == casebook_kernel_vnni)
        return __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw")
            && __builtin_cpu_supports("avx512vl");
#endif
    return kernel == casebook_kernel_plain;
}

casebook_kernel casebook_best_kernel(void) {
    if (casebook_has_kernel(casebook_kernel_vnni)) return casebook_kernel_vnni;
    if (casebook_has_kernel(casebook_kernel_avx2)) return casebook_kernel_avx2;
    return casebook_kernel_plain;
}

void casebook_row_sums(const int8_t *weights, int32_t outputs, int32_t inputs, int32_t *sums) {
    for (int32_t o = 0; o < outputs; o++) {
        int32_t sum = 0;
        for (int32_t i = 0; i < inputs; i++) sum += weights[(size_t)o * inputs + i];
        sums[o] = sum;
    }
}

static size_t widest(const casebook_encoder *encoder) {
    int32_t width = 3 * encoder->hidden;
    for (int32_t l = 0; l < encoder->layer_count; l++)
        if (encoder->layers[l].intermediate.outputs > width) width = encoder->layers[l].intermediate.outputs;
    return (size_t)width;
}

// 64: a cache line, and the widest register.
static size_t aligned(size_t bytes) { return (bytes + 63) & ~(size_t)63; }

// Divides scratch memory, or only counts it where there is none.
static size_t divide(const casebook_encoder *encoder, int32_t tokens, char *memory, pass_memory *parts) {
    const size_t wide = widest(encoder) * tokens, narrow = (size_t)encoder->hidden * tokens;
    const size_t longest = aligned(encoder->positions), width = (size_t)(encoder->hidden / encoder->heads);
    size_t used = 0;
#define PART(name, bytes)                                                    \
    if (parts) parts->name = (void *)(memory + used);                        \
    used += aligned(bytes)
    PART(wide, wide * sizeof(float));
    PART(attended, narrow * sizeof(float));
    PART(projected, narrow * sizeof(float));
    PART(quantized, wide);
    PART(scales, (size_t)tokens * sizeof(float));
    PART(keys, longest * width * sizeof(float));
    PART(weights, longest * 4 * sizeof(float));
#undef PART
    return used;
}

size_t casebook_encoder_scratch(const casebook_encoder *encoder, int32_t tokens) {
    return divide(encoder, tokens, 0, 0);
}

void casebook_encode(
    const casebook_encoder *encoder, casebook_kernel kernel, const int32_t *ids, const int32_t *starts, int32_t count,
    float *states, void *scratch) {
    pass_memory memory;
    divide(encoder, starts[count], scratch, &memory);
    casebook_pass *pass = casebook_pass_plain;
#if defined(__x86_64__)
    if (kernel == casebook_kernel_avx2) pass = casebook_pass_avx2;
    if (kernel == casebook_kernel_vnni) pass = casebook_pass_vnni;
#endif
    pass(encoder, ids, starts, count, states, &memory);
}

void casebook_pool(const float *states, int32_t tokens, int32_t hidden, float *mean, float *largest) {
    for (int32_t i = 0; i < hidden; i += LANES) {
        lanes total = load(states + i), most = total;
        for (int32_t t = 1; t < tokens; t++) {
            const lanes value = load(states + (size_t)t * hidden + i);
            total += value;
            most = larger(most, value);
        }
        store(mean + i, total / (float)tokens);
        store(largest + i, most);
    }
}

void casebook_head(
    const float *weights, const float *bias, int32_t rows, int32_t width, const float *vector, float *outputs) {
    for (int32_t r = 0; r < rows; r++) {
        lanes total = all(0);
        for (int32_t i = 0; i < width; i += LANES) total += load(weights + (size_t)r * width + i) * load(vector + i);
        outputs[r] = sum(total) + bias[r];
    }
}

void casebook_attention_head(
    const float *states, int32_t tokens, int32_t hidden, const float *queries, const float *values, int32_t concepts,
    float *logits, float *marks) {
    for (int32_t c = 0; c < concepts; c++) {
        const float *query = queries + (size_t)c * hidden, *value = values + (size_t)c * hidden;
        // One pass: what was added up is scaled down whenever a larger weight comes.
        float largest = -INFINITY, weights = 0, weighted = 0;
        for (int32_t t = 0; t < tokens; t++) {
            const float *state = states + (size_t)t * hidden;
            lanes asked = all(0), told = all(0);
            for (int32_t i = 0; i < hidden; i += LANES) {
                const lanes x = load(state + i);
                asked += load(query + i) * x;
                told += load(value + i) * x;
            }
            const float match = sum(asked), share = sum(told);
            marks[(size_t)t * concepts + c] = match;
            if (match > largest) {
                const float factor = expf(largest - match);
                weights *= factor;
                weighted *= factor;
                largest = match;
            }
            const float weight = expf(match - largest);
            weights += weight;
            weighted += weight * share;
        }
        logits[c] += weighted / weights;
    }
}

void casebook_products(const int8_t *rows, int32_t count, int32_t width, const int8_t *vector, int32_t *outputs) {
    for (int32_t r = 0; r < count; r++) {
        int32_t sum = 0;
        for (int32_t i = 0; i < width; i++) sum += (int32_t)rows[(size_t)r * width + i] * vector[i];
        outputs[r] = sum;
    }
}
