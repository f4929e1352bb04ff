#include "compare/side_differences.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "compare/key_rows.h"
#include "key/key_text.h"

namespace hybrid {
namespace {

/// Configurations that differ in the same respect.
struct Tally {
  std::size_t count = 0;
  Difference first;

  void Add(const ComparedConfiguration& c, std::string PooledRows::*value) {
    if (count++ > 0) return;
    first.baseline = c.baseline.*value;
    first.now = c.now.*value;
    first.text = KeyText(c.key, KeyStyle::kShort);
  }
};

bool Differ(const ComparedConfiguration& c, std::string PooledRows::*value) {
  const std::string& before = c.baseline.*value;
  const std::string& after = c.now.*value;
  return !before.empty() && !after.empty() && before != after;
}

void Append(Weight weight, const char* what, const Tally& tally,
            std::vector<Difference>& differences) {
  if (tally.count == 0) return;
  Difference difference = tally.first;
  difference.weight = weight;
  difference.what = what;
  difference.text = fmt::format(
      "{}: {} in the baseline, {} in the new results ({}{})", what,
      difference.baseline, difference.now, tally.first.text,
      tally.count == 1
          ? ""
          : fmt::format(" and {} more that differ", tally.count - 1));
  differences.push_back(difference);
}

}  // namespace

void AddKernelDifferences(std::span<ComparedConfiguration> configurations,
                          std::vector<Difference>& differences) {
  Tally fixed;
  Tally probed;
  Tally builds;
  for (ComparedConfiguration& c : configurations) {
    if (Differ(c, &PooledRows::kernels)) {
      const bool best = c.key.kernels_asked == kBestKernels;
      (best ? probed : fixed).Add(c, &PooledRows::kernels);
      c.note = fmt::format("kernels {} -> {}{}", c.baseline.kernels,
                           c.now.kernels, best ? " by the probe" : "");
    }
    if (Differ(c, &PooledRows::blis_threading)) {
      builds.Add(c, &PooledRows::blis_threading);
    }
  }
  Append(Weight::kRefused, "kernels that ran", fixed, differences);
  Append(Weight::kRefused, "BLIS's threading (none: its serial build)", builds,
         differences);
  Append(Weight::kNote, "kernels that the probe chose", probed, differences);
  std::stable_sort(differences.begin(), differences.end(),
                   [](const Difference& a, const Difference& b) {
                     return a.weight < b.weight;
                   });
}

}  // namespace hybrid
