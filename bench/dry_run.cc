#include "dry_run.h"

#include <fmt/format.h>

#include <algorithm>

#include "context.h"
#include "run_info.h"
#include "sweep/admission.h"

namespace hybrid {

std::string DryRunText(const Fixtures& selected,
                       const std::vector<SkippedConfig>& skipped,
                       const Machine& machine) {
  std::string text;
  double largest_bytes = 0;
  for (const std::unique_ptr<Fixture>& fixture : selected) {
    const Config& config = fixture->config();
    const double bytes = EstimateMemoryBytes(config);
    largest_bytes = std::max(largest_bytes, bytes);
    text += fmt::format(
        "run       {}  ({} estimated{}{})\n", fixture->name(),
        FormatBytes(bytes),
        IsOversubscribed(config, machine.usable_cores) ? ", oversubscribed"
                                                       : "",
        ResolvePin(config, machine) == Pin::kCores ? ", pinned to cores" : "");
  }
  text += SkippedText(skipped);
  text += fmt::format(
      "{} to run, {} skipped; the largest needs {} (estimated) of {} "
      "available\n",
      selected.size(), skipped.size(), FormatBytes(largest_bytes),
      FormatBytes(static_cast<double>(machine.memory_available_bytes)));
  return text;
}

}  // namespace hybrid
