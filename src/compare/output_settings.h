#ifndef HYBRID_COMPARE_OUTPUT_SETTINGS_H_
#define HYBRID_COMPARE_OUTPUT_SETTINGS_H_

#include <string>

namespace hybrid {

/// What the sides of a comparison are called, and how much of it is shown.
struct OutputSettings {
  std::string baseline;  ///< the baseline's files, or what stands for them
  std::string now;       ///< the new results' files, or what stands for them
  bool all = false;      ///< also list what is the same
  bool anyway = false;   ///< the gate judges even a refused comparison
  bool gate = false;     ///< end with the gate's verdict
};

}  // namespace hybrid

#endif  // HYBRID_COMPARE_OUTPUT_SETTINGS_H_
