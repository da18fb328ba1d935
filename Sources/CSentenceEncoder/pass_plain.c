// For any processor.
#define PASS casebook_pass_plain
#define INPUT_SHIFT 0
#include "passes.h"

static void product(const int8_t *x, const float *scales, int32_t rows, const casebook_linear *linear, float *y) {
    const int32_t inputs = linear->inputs, outputs = linear->outputs;
    for (int32_t o = 0; o < outputs; o += 4)
        for (int32_t r = 0; r < rows; r++) {
            const int8_t *a = x + (size_t)r * inputs, *w = linear->weights + (size_t)o * inputs;
            four_integers sums;
            for (int j = 0; j < 4; j++) {
                int32_t sum = 0;
                for (int32_t i = 0; i < inputs; i++) sum += (int32_t)a[i] * w[(size_t)j * inputs + i];
                sums[j] = sum;
            }
            finished(sums, scales[r], linear, o, y + (size_t)r * outputs + o);
        }
}

#include "forward.h"
