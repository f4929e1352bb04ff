#include "flags/min_time.h"

#include <fmt/format.h>

#include "base/parse_number.h"

namespace hybrid {
namespace {

/// Google Benchmark's own limit.
constexpr std::int64_t kMostIterations = 1'000'000'000;

}  // namespace

std::optional<MinTime> ParseMinTime(std::string_view text) {
  MinTime min_time;
  if (text.ends_with('x')) {
    text.remove_suffix(1);
    min_time.iterations = ParseNumber<std::int64_t>(text);
    const std::int64_t count = min_time.iterations.value_or(0);
    if (count < 1 || count > kMostIterations) return std::nullopt;
    return min_time;
  }
  if (text.ends_with('s')) text.remove_suffix(1);
  min_time.seconds = ParseNumber<double>(text).value_or(-1);
  // Written so that NaN fails too.
  if (!(min_time.seconds >= 0 && min_time.seconds <= kMostSeconds)) {
    return std::nullopt;
  }
  return min_time;
}

MinTime MinTimeOf(const GoogleFlags& flags) {
  return ParseMinTime(flags.ValueOrDefault("benchmark_min_time"))
      .value_or(MinTime());
}

std::string MinTimeText(const MinTime& min_time) {
  return min_time.iterations ? fmt::format("{}x", *min_time.iterations)
                             : fmt::format("{}", min_time.seconds);
}

}  // namespace hybrid
