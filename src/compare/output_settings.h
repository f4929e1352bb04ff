#ifndef HYBRID_COMPARE_OUTPUT_SETTINGS_H_
#define HYBRID_COMPARE_OUTPUT_SETTINGS_H_

#include <string>

namespace hybrid {

/// What a comparison is called and how much of it is shown.
struct OutputSettings {
  std::string baseline;  ///< its files
  std::string now;       ///< the new ones
  bool all = false;      ///< also list what is the same
  bool anyway = false;   ///< refused, and yet shown
  bool gate = false;     ///< end with the gate's verdict
};

}  // namespace hybrid

#endif  // HYBRID_COMPARE_OUTPUT_SETTINGS_H_
