#include "operation/operands.h"

#include <Random123/threefry.h>

#include <algorithm>

namespace hybrid {
namespace internal {

void FillThreefry(const OperandKey& key, std::span<double> out) {
  using Generator = r123::Threefry4x64_R<13>;
  Generator generator;
  const Generator::key_type generator_key = {{key.seed, key.operand, 0, 0}};
  constexpr std::size_t kBlock = 4;
  for (std::size_t i = 0; i < out.size(); i += kBlock) {
    const Generator::ctr_type bits =
        generator(Generator::ctr_type{{i, key.task, 0, 0}}, generator_key);
    for (std::size_t j = 0; j < std::min(kBlock, out.size() - i); ++j) {
      out[i + j] = static_cast<double>(bits[j] >> 11) * 0x1p-53;
    }
  }
}

}  // namespace internal

void FillUniform(const OperandKey& key, std::span<double> out) {
  static const bool kUseArs = internal::ArsIsUsable();
  if (kUseArs) {
    internal::FillArs(key, out);
  } else {
    internal::FillThreefry(key, out);
  }
}

}  // namespace hybrid
