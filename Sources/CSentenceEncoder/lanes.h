// Sixteen floats at a time: one instruction with AVX-512, two with AVX, four with SSE or NEON, the same bits in all.
#pragma once
#include <math.h>
#include <stdint.h>
#include <string.h>

// A product and a sum are two roundings everywhere, also where one instruction could do both.
#pragma STDC FP_CONTRACT OFF

// Handed on inside one file only, where all functions are built for the same processor.
#pragma clang diagnostic ignored "-Wpsabi"

#define LANES 16
typedef float lanes __attribute__((vector_size(64)));
typedef float eight_lanes __attribute__((vector_size(32)));
typedef float four_lanes __attribute__((vector_size(16)));
typedef int32_t integer_lanes __attribute__((vector_size(64)));
typedef int32_t four_integers __attribute__((vector_size(16)));
typedef int8_t byte_lanes __attribute__((vector_size(16)));

#define INLINE static inline __attribute__((always_inline))

INLINE lanes load(const float *from) {
    lanes value;
    memcpy(&value, from, sizeof value);
    return value;
}
INLINE void store(float *to, lanes value) { memcpy(to, &value, sizeof value); }
INLINE lanes all(float value) { return (lanes){} + value; }
INLINE lanes larger(lanes a, lanes b) { return __builtin_elementwise_max(a, b); }
INLINE lanes smaller(lanes a, lanes b) { return __builtin_elementwise_min(a, b); }
INLINE lanes magnitude(lanes a) { return __builtin_elementwise_abs(a); }

INLINE float sum(lanes value) {
    eight_lanes eight = __builtin_shufflevector(value, value, 0, 1, 2, 3, 4, 5, 6, 7)
        + __builtin_shufflevector(value, value, 8, 9, 10, 11, 12, 13, 14, 15);
    four_lanes four =
        __builtin_shufflevector(eight, eight, 0, 1, 2, 3) + __builtin_shufflevector(eight, eight, 4, 5, 6, 7);
    return (four[0] + four[2]) + (four[1] + four[3]);
}

INLINE float largest_of(lanes value) {
    float largest = value[0];
    for (int i = 1; i < LANES; i++) largest = value[i] > largest ? value[i] : largest;
    return largest;
}

// To the nearest whole number, for magnitudes below 2²²: adding 1.5 · 2²³ leaves no bits for a fraction.
INLINE lanes rounded(lanes value) {
    const lanes shift = all(12582912.0f);
    return (value + shift) - shift;
}

// e^x by 2^(n + f), |f| ≤ ½, with the Taylor polynomial of degree 6 for the fraction: relative error below 3e-7.
INLINE lanes exponential(lanes x) {
    x = smaller(larger(x, all(-87.0f)), all(88.0f));
    const lanes t = x * 1.44269504f;
    const lanes n = rounded(t);
    const lanes f = t - n;
    lanes p = all(1.54035304e-4f);
    p = p * f + 1.33335581e-3f;
    p = p * f + 9.61812911e-3f;
    p = p * f + 5.55041087e-2f;
    p = p * f + 2.40226507e-1f;
    p = p * f + 6.93147181e-1f;
    p = p * f + 1.0f;
    const integer_lanes bits = (__builtin_convertvector(n, integer_lanes) + 127) << 23;
    lanes power;
    memcpy(&power, &bits, sizeof power);
    return p * power;
}
