#ifndef HYBRID_KEY_STAGE_H_
#define HYBRID_KEY_STAGE_H_

#include <array>
#include <cstdint>
#include <string_view>

#include "base/enum_names.h"

namespace hybrid {

/// What a measurement was for: a grid, which measures everything, or of a
/// search the load and operate times of 1×1, a split's first time, or a round
/// of the race.
enum class Stage : std::uint32_t { kGrid, kBound, kScreen, kRace };
template <>
inline constexpr std::array<std::string_view, 4> kNames<Stage>{
    "", "bound", "screen", "race"};

}  // namespace hybrid

#endif  // HYBRID_KEY_STAGE_H_
