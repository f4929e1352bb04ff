#include "analysis/kernels_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "analysis/format_units.h"
#include "analysis/split_result.h"
#include "key/key_text.h"

namespace hybrid {
namespace {

/// "5.2× in the probe"; empty where the kernels were not probed.
std::string InProbe(const SplitResult& split) {
  return split.kernels_gain ? FormatRatio(*split.kernels_gain) + " in the probe"
                            : std::string();
}

/// "skx instead of generic, the library's own choice: 5.2× in the probe".
std::string ChoiceText(const SplitResult& best) {
  if (best.library_kernels.empty()) return best.kernels;
  if (best.kernels == best.library_kernels) {
    return best.kernels + ", the library's own choice";
  }
  const std::string gain = InProbe(best);
  return fmt::format("{} instead of {}, the library's own choice{}",
                     best.kernels, best.library_kernels,
                     gain.empty() ? "" : ": " + gain);
}

/// The kernels that other splits ran and the best did not, with these splits:
/// "haswell for 1×2, 2×2 (1.30× in the probe)".
std::vector<std::string> OtherKernels(const Answer& answer) {
  std::vector<std::pair<const SplitResult*, std::string>> others;
  for (const SplitResult& split : answer.splits) {
    if (split.kernels.empty() || split.kernels == answer.best()->kernels) {
      continue;
    }
    const auto same =
        std::find_if(others.begin(), others.end(), [&](const auto& other) {
          return other.first->kernels == split.kernels &&
                 other.first->kernels_gain == split.kernels_gain;
        });
    if (same == others.end()) {
      others.emplace_back(&split, SplitText(split.split));
    } else {
      same->second += ", " + SplitText(split.split);
    }
  }
  std::vector<std::string> items;
  for (const auto& [split, names] : others) {
    const std::string gain = InProbe(*split);
    items.push_back(fmt::format("{} for {}{}", split->kernels, names,
                                gain.empty() ? "" : " (" + gain + ")"));
  }
  return items;
}

/// "with kernels best (skx) 2×1 is 5.0× faster".
std::string RivalText(const KernelsRival& rival) {
  const std::string asked =
      rival.kernels_asked.empty() ? "not named" : rival.kernels_asked;
  const bool says_more =
      !rival.kernels.empty() && rival.kernels != rival.kernels_asked;
  return fmt::format(
      "with kernels {}{} {} is {}", asked,
      says_more ? fmt::format(" ({})", rival.kernels) : std::string(),
      SplitText(rival.split), FormatSlower(rival.slowdown));
}

}  // namespace

std::string CommonKernels(const Answer& answer) {
  std::string common;
  for (const SplitResult& split : answer.splits) {
    if (split.kernels.empty()) continue;
    if (!common.empty() && split.kernels != common) return {};
    common = split.kernels;
  }
  return common;
}

std::string KernelsText(const Answer& answer) {
  const SplitResult* const best = answer.best();
  if (best == nullptr) return {};
  std::vector<std::string> items = OtherKernels(answer);
  const bool asked = !answer.key.kernels_asked.empty();
  if (!best->kernels.empty() &&
      (asked || !items.empty() || !best->library_kernels.empty())) {
    items.insert(items.begin(), ChoiceText(*best));
  }
  for (const KernelsRival& rival : answer.rivals) {
    items.push_back(RivalText(rival));
  }
  return items.empty() ? std::string() : FormatItems("kernels", items);
}

}  // namespace hybrid
