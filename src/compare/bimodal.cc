#include "compare/bimodal.h"

#include <optional>
#include <vector>

#include "analysis/modes_text.h"
#include "compare/judge.h"
#include "statistics/modes.h"

namespace hybrid {

void FindModesOf(ComparedConfiguration& compared) {
  const ComparedSide& before = compared.baseline;
  const ComparedSide& after = compared.now;
  std::vector<double> times = before.samples;
  times.insert(times.end(), after.samples.begin(), after.samples.end());
  const std::optional<Modes> modes = FindModes(times);
  if (!modes) return;
  if ((AreOnBothLevels(before.samples, *modes) &&
       AreOnBothLevels(after.samples, *modes)) ||
      before.oversubscribed || after.oversubscribed) {
    compared.modes = modes;
  }
}

std::string ModesText(const ComparedConfiguration& compared) {
  return compared.modes ? ModesText(*compared.modes) : std::string();
}

}  // namespace hybrid
