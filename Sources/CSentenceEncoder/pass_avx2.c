// For x86-64 since 2013.
#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#define PASS casebook_pass_avx2
#define INPUT_SHIFT 0
#include "passes.h"

// Sums of the lanes of four accumulators.
INLINE four_integers sums_of(const __m256i a[4]) {
    __m256i all = _mm256_hadd_epi32(_mm256_hadd_epi32(a[0], a[1]), _mm256_hadd_epi32(a[2], a[3]));
    return (four_integers)_mm_add_epi32(_mm256_castsi256_si128(all), _mm256_extracti128_si256(all, 1));
}

// Bytes are widened before they are multiplied, so that nothing can saturate. Blocks of 2 rows × 4 outputs keep the
// sums in registers.
static void product(const int8_t *x, const float *scales, int32_t rows, const casebook_linear *linear, float *y) {
    const int32_t inputs = linear->inputs, outputs = linear->outputs;
    for (int32_t o = 0; o < outputs; o += 4) {
        const int8_t *w = linear->weights + (size_t)o * inputs;
        for (int32_t r = 0; r < rows; r += 2) {
            const int8_t *a0 = x + (size_t)r * inputs;
            const int8_t *a1 = r + 1 < rows ? a0 + inputs : a0;
            __m256i first[4], second[4];
            for (int j = 0; j < 4; j++) first[j] = second[j] = _mm256_setzero_si256();
            for (int32_t i = 0; i < inputs; i += 16) {
                __m256i v0 = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(a0 + i)));
                __m256i v1 = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(a1 + i)));
                for (int j = 0; j < 4; j++) {
                    __m256i b = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(w + (size_t)j * inputs + i)));
                    first[j] = _mm256_add_epi32(first[j], _mm256_madd_epi16(v0, b));
                    second[j] = _mm256_add_epi32(second[j], _mm256_madd_epi16(v1, b));
                }
            }
            finished(sums_of(first), scales[r], linear, o, y + (size_t)r * outputs + o);
            if (r + 1 < rows)
                finished(sums_of(second), scales[r + 1], linear, o, y + (size_t)(r + 1) * outputs + o);
        }
    }
}

#include "forward.h"
#pragma clang attribute pop
#endif
