#ifndef HYBRID_COMPARE_OUTPUT_SETTINGS_H_
#define HYBRID_COMPARE_OUTPUT_SETTINGS_H_

#include <optional>
#include <string>

#include "compare/gate.h"
#include "compare/why.h"

namespace hybrid {

/// What the sides of a comparison are called, and how much of it is shown.
struct OutputSettings {
  std::string baseline;  ///< the baseline's files, or what stands for them
  std::string now;       ///< the new results' files, or what stands for them
  bool all = false;      ///< also list what is the same
  std::optional<Gate> gate{};  ///< to end with, where one was asked for
  /// Why the verdict on one configuration is what it is: shown in place of the
  /// others.
  std::optional<Why> why{};
};

}  // namespace hybrid

#endif  // HYBRID_COMPARE_OUTPUT_SETTINGS_H_
