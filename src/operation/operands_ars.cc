#include "operation/operands.h"

#if defined(__x86_64__) && defined(__AES__)
#include <Random123/ars.h>
#include <emmintrin.h>

namespace hybrid::internal {
namespace {

constexpr unsigned kArsRounds = 5;  // Crush-resistant, Salmon et al., table 2

/// 64 random bits a lane to a double in [0, 1): 52 of them become the mantissa
/// of a number in [1, 2), from which 1 is taken.
__m128d ToUniform(__m128i bits) {
  const __m128i in_one_two = _mm_or_si128(
      _mm_srli_epi64(bits, 12), _mm_set1_epi64x(0x3ff0000000000000LL));
  return _mm_sub_pd(_mm_castsi128_pd(in_one_two), _mm_set1_pd(1.0));
}

}  // namespace

bool ArsIsUsable() {
  return __builtin_cpu_supports("aes") && __builtin_cpu_supports("sse4.1");
}

void FillArs(const OperandKey& key, std::span<double> out) {
  ars1xm128i_key_t generator_key;
  generator_key.v[0].m = _mm_set_epi64x(static_cast<long long>(key.operand),
                                        static_cast<long long>(key.seed));
  const auto block = [&](std::size_t index) {
    ars1xm128i_ctr_t counter;
    counter.v[0].m = _mm_set_epi64x(static_cast<long long>(key.task),
                                    static_cast<long long>(index));
    return ToUniform(ars1xm128i_R(kArsRounds, counter, generator_key).v[0].m);
  };
  const std::size_t pairs_end = out.size() / 2 * 2;
  for (std::size_t i = 0; i < pairs_end; i += 2) {
    _mm_store_pd(&out[i], block(i));
  }
  if (pairs_end < out.size()) _mm_store_sd(&out[pairs_end], block(pairs_end));
}

}  // namespace hybrid::internal

#else

namespace hybrid::internal {

bool ArsIsUsable() { return false; }
void FillArs(const OperandKey&, std::span<double>) {}

}  // namespace hybrid::internal

#endif
