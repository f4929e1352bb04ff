#include "analysis/modes_text.h"

#include <fmt/format.h>

#include "analysis/format_units.h"

namespace hybrid {

std::string LevelsText(const Modes& modes) {
  return fmt::format("{} in {} and {} in {} of {} repetitions",
                     FormatSeconds(modes.low), modes.low_count,
                     FormatSeconds(modes.high), modes.high_count,
                     modes.low_count + modes.high_count);
}

std::string ModesText(const Modes& modes) {
  return fmt::format("bimodal: {}", LevelsText(modes));
}

}  // namespace hybrid
