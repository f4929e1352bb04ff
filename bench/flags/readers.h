#ifndef HYBRID_BENCH_FLAGS_READERS_H_
#define HYBRID_BENCH_FLAGS_READERS_H_

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/contains.h"
#include "base/enum_names.h"
#include "base/flag_error.h"
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
    const bool repeated = value && Contains(values, *value);
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

/// Reads whole numbers from 1 to `max`.
Reader AxisReader(Axis SweepAxes::*axis, std::uint64_t max);

/// Reads whole numbers from 1 to `max`, or `auto`.
Reader AutoAxisReader(Axis SweepAxes::*axis, std::uint64_t max);

/// Reads a list of an enumeration's names.
template <Named Enum>
Reader NamesReader(std::vector<Enum> SweepAxes::*values) {
  return [=](std::string_view flag, const std::string& text, Options& options) {
    options.axes.*values = ParseNames<Enum>(
        flag, text, fmt::format("a list of {}", fmt::join(kNames<Enum>, ", ")),
        ByName<Enum>);
  };
}

/// Reads `on` as true and `off` as false.
Reader EitherReader(bool Options::*value, std::string on, std::string off);

/// Reads `true` or `false`, as ParseOptions hands over what takes no value.
Reader SwitchReader(bool Options::*value);

/// Reads seconds above 0.
Reader SecondsReader(double Options::*value);

/// Reads a time above 0: seconds, or `90s`, `5m`, `1h`.
Reader TimeReader(std::optional<double> Options::*value);

/// Reads a number of times from 0 to 100, or `auto` as nothing.
Reader TimesReader(std::optional<int> Options::*value);

/// Reads a file's name, which is not empty where the flag is given.
Reader FileReader(std::string Options::*value);

/// Reads --operation: names of operations.
void ReadOperations(std::string_view flag, const std::string& text,
                    Options& options);
/// Reads --blas: names, `auto`, `system` and paths; what it stands for has to
/// be installed.
void ReadBlas(std::string_view flag, const std::string& text, Options& options);
/// Reads --kernels: names of kernels. Whether this BLIS has them is found out
/// later.
void ReadKernels(std::string_view flag, const std::string& text,
                 Options& options);
/// Reads --pin: auto, cores or none.
void ReadPin(std::string_view flag, const std::string& text, Options& options);
/// Reads --seed: a whole number.
void ReadSeed(std::string_view flag, const std::string& text, Options& options);
/// Reads --cap: seconds above 0, or `auto`.
void ReadCap(std::string_view flag, const std::string& text, Options& options);
/// Reads --dry_run: true, full, or false, which is the same as nothing.
void ReadDryRun(std::string_view flag, const std::string& text,
                Options& options);
/// Reads --turns: `first,FD` or `second,FD`, an end of a socket.
void ReadTurns(std::string_view flag, const std::string& text,
               Options& options);
/// Reads --csv: a file, `-`, `auto` or `none`.
void ReadCsvName(std::string_view flag, const std::string& text,
                 Options& options);

}  // namespace hybrid

#endif  // HYBRID_BENCH_FLAGS_READERS_H_
