#ifndef HYBRID_SWEEP_AXIS_H_
#define HYBRID_SWEEP_AXIS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hybrid {

/// What the values of an axis may be.
struct AxisRule {
  std::string_view flag;  ///< with its dashes, as messages show it
  std::uint64_t max = 0;  ///< values are whole numbers from 1 to max
  bool allows_auto = false;
};

/// The values of one parameter, in the order given; none when `is_auto`.
struct Axis {
  bool is_auto = false;
  std::vector<std::uint64_t> values{};

  bool operator==(const Axis&) const = default;
};

/// Reads `64,256`, ranges `64:2048:*2` (geometric) and `1:8:+1` (arithmetic),
/// both ends included where the step meets them, any mixture of these, and
/// `auto` where the rule allows it. Throws FlagError for anything else, for a
/// value given twice and for more than 10000 values.
Axis ParseAxis(const AxisRule& rule, std::string_view text);

/// Splits at every comma; an empty text gives one empty item.
std::vector<std::string_view> SplitList(std::string_view text);

}  // namespace hybrid

#endif  // HYBRID_SWEEP_AXIS_H_
