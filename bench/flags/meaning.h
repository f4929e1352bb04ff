#ifndef HYBRID_BENCH_FLAGS_MEANING_H_
#define HYBRID_BENCH_FLAGS_MEANING_H_

#include <string>

namespace hybrid {

/// What the text of a flag's value stands for.
enum class Meaning {
  kText,     ///< itself
  kList,     ///< whole numbers: `64:256:*2` is `64,128,256`
  kNumber,   ///< `0.10` is `0.1`
  kMinTime,  ///< `0.10s` is `0.1`
  kBoolean,  ///< `yes` is `true`
};

/// One text for all values of the same meaning; a value that has none is its
/// own.
std::string Normal(Meaning meaning, const std::string& value);

/// Whether Google Benchmark takes `value` for true.
bool MeansTrue(std::string value);

}  // namespace hybrid

#endif  // HYBRID_BENCH_FLAGS_MEANING_H_
