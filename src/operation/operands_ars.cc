#include "operation/operands.h"

#if defined(__x86_64__) && defined(__AES__)
#include <Random123/ars.h>
#include <emmintrin.h>

#include <cstddef>

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

/// 32 random bits a lane to a float in [0, 1), in the same way.
__m128 ToUniformFloats(__m128i bits) {
  const __m128i in_one_two =
      _mm_or_si128(_mm_srli_epi32(bits, 9), _mm_set1_epi32(0x3f800000));
  return _mm_sub_ps(_mm_castsi128_ps(in_one_two), _mm_set1_ps(1.0F));
}

/// Makes the random bits of one operand, 128 at a time.
class Blocks {
 public:
  explicit Blocks(const OperandKey& key)
      : task_(static_cast<long long>(key.task)) {
    key_.v[0].m = _mm_set_epi64x(static_cast<long long>(key.operand),
                                 static_cast<long long>(key.seed));
  }

  /// Those of the numbers from `index` on.
  __m128i At(std::size_t index) const {
    ars1xm128i_ctr_t counter;
    counter.v[0].m = _mm_set_epi64x(task_, static_cast<long long>(index));
    return ars1xm128i_R(kArsRounds, counter, key_).v[0].m;
  }

 private:
  ars1xm128i_key_t key_;
  long long task_;
};

}  // namespace

bool ArsIsUsable() {
  return __builtin_cpu_supports("aes") && __builtin_cpu_supports("sse4.1");
}

void FillArs(const OperandKey& key, std::span<double> out) {
  const Blocks blocks(key);
  const std::size_t pairs_end = out.size() / 2 * 2;
  for (std::size_t i = 0; i < pairs_end; i += 2) {
    _mm_store_pd(&out[i], ToUniform(blocks.At(i)));
  }
  if (pairs_end < out.size()) {
    _mm_store_sd(&out[pairs_end], ToUniform(blocks.At(pairs_end)));
  }
}

void FillArs(const OperandKey& key, std::span<float> out) {
  const Blocks blocks(key);
  const std::size_t fours_end = out.size() / 4 * 4;
  for (std::size_t i = 0; i < fours_end; i += 4) {
    _mm_store_ps(&out[i], ToUniformFloats(blocks.At(i)));
  }
  if (fours_end == out.size()) return;
  alignas(16) float last[4];
  _mm_store_ps(last, ToUniformFloats(blocks.At(fours_end)));
  for (std::size_t i = fours_end; i < out.size(); ++i) {
    out[i] = last[i - fours_end];
  }
}

}  // namespace hybrid::internal

#else

namespace hybrid::internal {

bool ArsIsUsable() { return false; }
void FillArs(const OperandKey&, std::span<double>) {}
void FillArs(const OperandKey&, std::span<float>) {}

}  // namespace hybrid::internal

#endif
