#include "compare/side_differences.h"

#include <fmt/format.h>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/pooled_rows.h"
#include "key/key.h"
#include "key/key_text.h"

namespace hybrid {
namespace {

/// Configurations that differ in the same respect: how many, and the first.
struct DifferingConfigurations {
  std::size_t count = 0;
  std::string first;
  std::string baseline;  // the first's value
  std::string now;       // the first's value

  void Add(const ComparedConfiguration& c, std::string_view before,
           std::string_view after) {
    if (count++ > 0) return;
    first = KeyText(c.key, KeyStyle::kShort);
    baseline = before;
    now = after;
  }
  void Add(const ComparedConfiguration& c, std::string PooledRows::*value) {
    Add(c, c.baseline.*value, c.now.*value);
  }
};

std::string_view LaunchText(const ComparedSide& side) {
  if (side.of_launches) return "launched anew for each repetition";
  return side.launching == Launching::kLivedOn
             ? "lived on through all repetitions"
             : "lived on through the repetitions of some runs";
}

/// Whether both sides have a value, and not the same.
bool Differ(const ComparedConfiguration& c, std::string PooledRows::*value) {
  const std::string& before = c.baseline.*value;
  const std::string& after = c.now.*value;
  return !before.empty() && !after.empty() && before != after;
}

void AddDifference(Weight weight, const char* what,
                   const DifferingConfigurations& differing,
                   std::vector<Difference>& differences) {
  if (differing.count == 0) return;
  const std::string more =
      differing.count == 1
          ? ""
          : fmt::format(" and {} more that differ", differing.count - 1);
  differences.push_back(
      {weight, what, differing.baseline, differing.now,
       fmt::format("{}: {} in the baseline, {} in the new results ({}{})", what,
                   differing.baseline, differing.now, differing.first, more)});
}

}  // namespace

void AddKernelDifferences(std::span<ComparedConfiguration> configurations,
                          std::vector<Difference>& differences) {
  DifferingConfigurations fixed;
  DifferingConfigurations probed;
  DifferingConfigurations builds;
  for (ComparedConfiguration& c : configurations) {
    if (Differ(c, &PooledRows::kernels)) {
      const bool best = c.key.kernels_asked == kBestKernels;
      (best ? probed : fixed).Add(c, &PooledRows::kernels);
      c.note = fmt::format("kernels {} -> {}{}", c.baseline.kernels,
                           c.now.kernels, best ? " by the probe" : "");
    }
    if (Differ(c, &PooledRows::blas_threading)) {
      builds.Add(c, &PooledRows::blas_threading);
    }
  }
  AddDifference(Weight::kRefused, "kernels that ran", fixed, differences);
  AddDifference(Weight::kRefused, "BLAS's threading (none: its serial build)",
                builds, differences);
  AddDifference(Weight::kNote, "kernels that the probe chose", probed,
                differences);
  SortByWeight(differences);
}

void AddLaunchDifference(std::span<const ComparedConfiguration> configurations,
                         std::vector<Difference>& differences) {
  DifferingConfigurations differing;
  for (const ComparedConfiguration& c : configurations) {
    // One repetition tells nothing of the next.
    const bool known =
        c.ratio && c.baseline.completed > 1 && c.now.completed > 1;
    if (known && c.baseline.of_launches != c.now.of_launches) {
      differing.Add(c, LaunchText(c.baseline), LaunchText(c.now));
    }
  }
  AddDifference(Weight::kNote, "workers", differing, differences);
  SortByWeight(differences);
}

}  // namespace hybrid
