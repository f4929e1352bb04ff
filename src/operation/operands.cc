#include "operation/operands.h"

#include <Random123/threefry.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace hybrid {
namespace internal {
namespace {

using Threefry = r123::Threefry4x64_R<13>;

/// Fills `out` with what `number` makes of the bits of block after block, as
/// many numbers of each as `kPerBlock`.
template <std::size_t kPerBlock, typename Real, typename Number>
void FillBlocks(const OperandKey& key, std::span<Real> out, Number number) {
  Threefry generator;
  const Threefry::key_type generator_key = {{key.seed, key.operand, 0, 0}};
  for (std::size_t i = 0; i < out.size(); i += kPerBlock) {
    const Threefry::ctr_type bits =
        generator(Threefry::ctr_type{{i, key.task, 0, 0}}, generator_key);
    for (std::size_t j = 0; j < std::min(kPerBlock, out.size() - i); ++j) {
      out[i + j] = number(bits, j);
    }
  }
}

}  // namespace

void FillThreefry(const OperandKey& key, std::span<double> out) {
  FillBlocks<4>(key, out, [](const Threefry::ctr_type& bits, std::size_t j) {
    return static_cast<double>(bits[j] >> 11) * 0x1p-53;
  });
}

void FillThreefry(const OperandKey& key, std::span<float> out) {
  FillBlocks<8>(key, out, [](const Threefry::ctr_type& bits, std::size_t j) {
    const auto half = static_cast<std::uint32_t>(bits[j / 2] >> 32 * (j % 2));
    return static_cast<float>(half >> 8) * 0x1p-24F;
  });
}

}  // namespace internal

namespace {

template <typename Real>
void Fill(const OperandKey& key, std::span<Real> out) {
  static const bool kUseArs = internal::ArsIsUsable();
  if (kUseArs) {
    internal::FillArs(key, out);
  } else {
    internal::FillThreefry(key, out);
  }
}

}  // namespace

void FillUniform(const OperandKey& key, std::span<double> out) {
  Fill(key, out);
}

void FillUniform(const OperandKey& key, std::span<float> out) {
  Fill(key, out);
}

}  // namespace hybrid
