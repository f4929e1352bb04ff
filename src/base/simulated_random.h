#ifndef HYBRID_BASE_SIMULATED_RANDOM_H_
#define HYBRID_BASE_SIMULATED_RANDOM_H_

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <numbers>
#include <random>

namespace hybrid {

/// Random numbers of the usual distributions, the same with every standard
/// library, whose own distributions differ.
class SimulatedRandom {
 public:
  /// Different for each list of numbers.
  explicit SimulatedRandom(std::initializer_list<std::uint64_t> seed)
      : engine_(Mixed(seed)) {}

  /// In [0, 1).
  double Uniform() {
    constexpr double kOneOf53Bits = 0x1p-53;
    return static_cast<double>(engine_() >> 11) * kOneOf53Bits;
  }
  double Uniform(double from, double to) {
    return from + (to - from) * Uniform();
  }
  /// Of uniform logarithm.
  double LogUniform(double from, double to) {
    return std::exp(Uniform(std::log(from), std::log(to)));
  }
  /// G. E. P. Box and M. E. Muller, 1958.
  double Normal() {
    const double radius = std::sqrt(-2 * std::log(1 - Uniform()));
    return radius * std::cos(2 * std::numbers::pi * Uniform());
  }
  double Exponential(double mean) { return -mean * std::log(1 - Uniform()); }
  bool Chance(double probability) { return Uniform() < probability; }
  template <typename Container>
  auto Choice(const Container& values) {
    return values[engine_() % std::size(values)];
  }
  /// In [from, to].
  std::uint64_t Between(std::uint64_t from, std::uint64_t to) {
    return from + engine_() % (to - from + 1);
  }

 private:
  /// splitmix64's finaliser (Steele, Lea, Flood 2014), number by number.
  static std::uint64_t Mixed(std::initializer_list<std::uint64_t> seed) {
    std::uint64_t mixed = 0;
    for (const std::uint64_t number : seed) {
      mixed += number + 0x9E3779B97F4A7C15U;
      mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9U;
      mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBU;
      mixed ^= mixed >> 31;
    }
    return mixed;
  }

  std::mt19937_64 engine_;
};

}  // namespace hybrid

#endif  // HYBRID_BASE_SIMULATED_RANDOM_H_
