#ifndef HYBRID_BASE_CPU_RANGES_H_
#define HYBRID_BASE_CPU_RANGES_H_

#include <string>
#include <string_view>
#include <vector>

namespace hybrid {

/// CPUs `first` to `last`.
struct CpuRange {
  int first = 0;
  int last = 0;
};

/// No machine's CPUs have such numbers: they are below.
inline constexpr int kNoCpu = 100000;

/// `0-3,7,64-67`, as taskset and numactl take it, of CPUs in ascending order.
std::string CpuRanges(const std::vector<int>& cpus);

/// The same of `ranges` as they stand.
std::string RangesText(const std::vector<CpuRange>& ranges);

/// The ranges of such a text; nothing if that is not what `text` is, or if one
/// ends before it begins or names what is no CPU: a file may say anything.
std::vector<CpuRange> ParseCpuRanges(std::string_view text);

/// The CPUs of all `ranges`, each once, in as few ranges as can be, in
/// ascending order.
std::vector<CpuRange> United(std::vector<CpuRange> ranges);

/// The same of all that ParseCpuRanges reads in `texts`.
std::vector<CpuRange> UnitedCpus(const std::vector<std::string_view>& texts);

}  // namespace hybrid

#endif  // HYBRID_BASE_CPU_RANGES_H_
