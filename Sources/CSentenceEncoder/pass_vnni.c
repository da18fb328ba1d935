// For x86-64 with AVX-512 VNNI.
#if defined(__x86_64__)
#include <immintrin.h>
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni"))), apply_to = function)
#define PASS casebook_pass_vnni
// The dot-product instruction takes unsigned × signed: inputs are shifted by 128, and 128 × the sum of a row's
// weights is taken off again.
#define INPUT_SHIFT 128
#include "passes.h"

// Sums of the lanes of four accumulators.
INLINE __m128i sums_of(const __m512i a[4]) {
    __m512i low = _mm512_add_epi32(_mm512_unpacklo_epi32(a[0], a[1]), _mm512_unpackhi_epi32(a[0], a[1]));
    __m512i high = _mm512_add_epi32(_mm512_unpacklo_epi32(a[2], a[3]), _mm512_unpackhi_epi32(a[2], a[3]));
    __m512i all = _mm512_add_epi32(_mm512_unpacklo_epi64(low, high), _mm512_unpackhi_epi64(low, high));
    __m256i half = _mm256_add_epi32(_mm512_castsi512_si256(all), _mm512_extracti64x4_epi64(all, 1));
    return _mm_add_epi32(_mm256_castsi256_si128(half), _mm256_extracti128_si256(half, 1));
}

// Blocks of 4 rows × 4 outputs keep 16 sums in registers.
static void product(const int8_t *x, const float *scales, int32_t rows, const casebook_linear *linear, float *y) {
    const int32_t inputs = linear->inputs, outputs = linear->outputs;
    for (int32_t o = 0; o < outputs; o += 4) {
        const int8_t *w = linear->weights + (size_t)o * inputs;
        const __m128i shift = _mm_slli_epi32(_mm_loadu_si128((const __m128i *)(linear->row_sums + o)), 7);
        for (int32_t r = 0; r < rows; r += 4) {
            const int8_t *a[4];
            for (int k = 0; k < 4; k++) a[k] = x + (size_t)(r + k < rows ? r + k : r) * inputs;
            __m512i sums[4][4];
            for (int k = 0; k < 4; k++)
                for (int j = 0; j < 4; j++) sums[k][j] = _mm512_setzero_si512();
            for (int32_t i = 0; i < inputs; i += 64) {
                __m512i v[4];
                for (int k = 0; k < 4; k++) v[k] = _mm512_loadu_si512(a[k] + i);
                for (int j = 0; j < 4; j++) {
                    __m512i b = _mm512_loadu_si512(w + (size_t)j * inputs + i);
                    for (int k = 0; k < 4; k++) sums[k][j] = _mm512_dpbusd_epi32(sums[k][j], v[k], b);
                }
            }
            for (int k = 0; k < 4 && r + k < rows; k++)
                finished(
                    (four_integers)_mm_sub_epi32(sums_of(sums[k]), shift), scales[r + k], linear, o,
                    y + (size_t)(r + k) * outputs + o);
        }
    }
}

#include "forward.h"
#pragma clang attribute pop
#endif
