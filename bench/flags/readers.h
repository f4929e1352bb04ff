#ifndef HYBRID_BENCH_FLAGS_READERS_H_
#define HYBRID_BENCH_FLAGS_READERS_H_

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/enum_names.h"
#include "flags/flag.h"
#include "sweep/axis.h"

namespace hybrid {

/// A comma-separated list of names that `by_name` knows, each once. Throws
/// FlagError, which says that the flag takes `takes`.
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

/// Whole numbers from 1 to `max`.
Reader AxisReader(Axis SweepAxes::*axis, std::uint64_t max);

/// The same or `auto`.
Reader AutoAxisReader(Axis SweepAxes::*axis, std::uint64_t max);

/// A list of an enumeration's names.
template <Named Enum>
Reader NamesReader(std::vector<Enum> SweepAxes::*values) {
  return [=](std::string_view flag, const std::string& text, Options& options) {
    options.axes.*values = ParseNames<Enum>(
        flag, text, fmt::format("a list of {}", fmt::join(kNames<Enum>, ", ")),
        ByName<Enum>);
  };
}

/// `auto` for true or `off` for false.
Reader AutoReader(bool Options::*value, std::string off);

/// `true` or `false`, as ParseOptions hands over what takes no value.
Reader SwitchReader(bool Options::*value);

/// Seconds above 0.
Reader SecondsReader(double Options::*value);

/// Times from 0 to 100.
Reader TimesReader(int Options::*value);

/// Any text.
Reader TextReader(std::string Options::*value);

// Readers for one flag each.

/// Operations by name.
void ReadOperations(std::string_view flag, const std::string& text,
                    Options& options);
/// Kernels by name; whether this BLIS has them is found out later.
void ReadKernels(std::string_view flag, const std::string& text,
                 Options& options);
void ReadPin(std::string_view flag, const std::string& text, Options& options);
void ReadSeed(std::string_view flag, const std::string& text, Options& options);
void ReadCap(std::string_view flag, const std::string& text, Options& options);
void ReadCsv(std::string_view flag, const std::string& text, Options& options);

}  // namespace hybrid

#endif  // HYBRID_BENCH_FLAGS_READERS_H_
