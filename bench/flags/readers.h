#ifndef HYBRID_BENCH_FLAGS_READERS_H_
#define HYBRID_BENCH_FLAGS_READERS_H_

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sweep/axis.h"

namespace hybrid {

// What the values of flags may be. All throw FlagError, which names the flag.

/// A comma-separated list of names that `by_name` knows.
template <typename Value, typename ByName>
std::vector<Value> ParseNames(std::string_view flag, std::string_view text,
                              std::string_view takes, ByName by_name) {
  std::vector<Value> values;
  for (const std::string_view item : SplitList(text)) {
    const std::optional<Value> value = by_name(item);
    const bool repeated = value && std::find(values.begin(), values.end(),
                                             *value) != values.end();
    if (!value || repeated) {
      throw FlagError(fmt::format("{}={}: {}; takes {}", flag, text,
                                  repeated
                                      ? fmt::format("{} is given twice", item)
                                      : fmt::format("'{}' is unknown", item),
                                  takes));
    }
    values.push_back(*value);
  }
  return values;
}

/// Seconds above 0; `also` says what else the flag takes.
double ParseSeconds(std::string_view flag, std::string_view text,
                    std::string_view also);

std::uint64_t ParseSeed(std::string_view text);

/// Kernels by name; whether this BLIS has them is found out later.
std::vector<std::string> ParseKernels(std::string_view text);

/// True for `auto`, false for `off`.
bool ParseAuto(std::string_view flag, std::string_view text,
               std::string_view off);

int ParseTimes(std::string_view flag, std::string_view text);

}  // namespace hybrid

#endif  // HYBRID_BENCH_FLAGS_READERS_H_
