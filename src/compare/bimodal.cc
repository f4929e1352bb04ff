#include "compare/bimodal.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "analysis/modes_text.h"
#include "compare/judge.h"
#include "statistics/modes.h"

namespace hybrid {
namespace {

bool ShowsBoth(const ComparedSide& side, const Modes& modes) {
  const auto is_low = [&modes](double time) { return time < modes.boundary; };
  return std::any_of(side.samples.begin(), side.samples.end(), is_low) &&
         !std::all_of(side.samples.begin(), side.samples.end(), is_low);
}

}  // namespace

void FindModesOf(ComparedConfiguration& compared) {
  const ComparedSide& before = compared.baseline;
  const ComparedSide& after = compared.now;
  std::vector<double> times = before.samples;
  times.insert(times.end(), after.samples.begin(), after.samples.end());
  const std::optional<Modes> modes = FindModes(times);
  if (!modes) return;
  if ((ShowsBoth(before, *modes) && ShowsBoth(after, *modes)) ||
      before.oversubscribed || after.oversubscribed) {
    compared.modes = modes;
  }
}

std::string ModesText(const ComparedConfiguration& compared) {
  return compared.modes ? ModesText(*compared.modes) : std::string();
}

}  // namespace hybrid
