#ifndef HYBRID_ANALYSIS_CPU_RANGES_H_
#define HYBRID_ANALYSIS_CPU_RANGES_H_

#include <string_view>
#include <vector>

namespace hybrid {

/// CPUs `first` to `last`.
struct CpuRange {
  int first = 0;
  int last = 0;
};

/// The CPUs of one worker in Row::cpus, "0-3,64-67"; nothing if that is not
/// what `text` is.
std::vector<CpuRange> ParseCpuRanges(std::string_view text);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_CPU_RANGES_H_
