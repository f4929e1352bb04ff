#include "operation/verification.h"

#include <Random123/philox.h>

#include <cmath>
#include <limits>
#include <vector>

namespace hybrid {
namespace {

constexpr int kRounds = 2;

std::vector<double> RandomSigns(std::uint64_t n, std::uint64_t seed,
                                int round) {
  using Generator = r123::Philox2x64;
  Generator generator;
  std::vector<double> signs(n);
  for (std::uint64_t i = 0; i < n; ++i) {
    const Generator::ctr_type bits =
        generator(Generator::ctr_type{{i, static_cast<std::uint64_t>(round)}},
                  Generator::key_type{{seed}});
    signs[i] = (bits[0] & 1U) != 0 ? 1.0 : -1.0;
  }
  return signs;
}

struct RowSums {
  double signed_sum = 0;
  double absolute_sum = 0;
};

/// Σ row[i]·weights[i] and Σ |row[i]|·magnitudes[i].
RowSums SumRow(const double* row, const std::vector<double>& weights,
               const std::vector<double>& magnitudes) {
  RowSums sums;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    sums.signed_sum += row[i] * weights[i];
    sums.absolute_sum += std::abs(row[i]) * magnitudes[i];
  }
  return sums;
}

}  // namespace

Verification VerifyProduct(std::uint64_t n, const double* a, const double* b,
                           const double* product, std::uint64_t seed) {
  constexpr double kUnit = std::numeric_limits<double>::epsilon() / 2;
  const double order = static_cast<double>(n);
  const double gamma = order * kUnit / (1 - order * kUnit);
  const std::vector<double> ones(n, 1.0);
  std::vector<double> b_signs(n);
  std::vector<double> b_sizes(n);
  Verification result;
  for (int round = 0; round < kRounds; ++round) {
    const std::vector<double> signs = RandomSigns(n, seed, round);
    for (std::uint64_t k = 0; k < n; ++k) {
      const RowSums sums = SumRow(b + k * n, signs, ones);
      b_signs[k] = sums.signed_sum;
      b_sizes[k] = sums.absolute_sum;
    }
    for (std::uint64_t i = 0; i < n; ++i) {
      const RowSums right = SumRow(a + i * n, b_signs, b_sizes);
      const double left = SumRow(product + i * n, signs, ones).signed_sum;
      const double residual = std::abs(left - right.signed_sum);
      // An all-zero row has no tolerance and must be met exactly.
      const double ratio =
          residual == 0 ? 0 : residual / (4 * gamma * right.absolute_sum);
      if (!(ratio <= result.worst_ratio)) {
        result.worst_ratio = ratio;
        result.worst_row = i;
        if (std::isnan(ratio)) return result;
      }
    }
  }
  return result;
}

}  // namespace hybrid
