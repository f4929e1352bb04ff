#include "flags/google_flags.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstdlib>
#include <optional>

#include "base/flag_error.h"
#include "base/parse_number.h"
#include "flags/flag_table.h"
#include "flags/meaning.h"
#include "flags/min_time.h"

namespace hybrid {
namespace {

std::string VariableOf(std::string_view name) {
  std::string variable(name);
  std::transform(variable.begin(), variable.end(), variable.begin(),
                 [](unsigned char c) { return std::toupper(c); });
  return variable;
}

}  // namespace

bool IsGoogleFlag(std::string_view argument) {
  return argument.starts_with("--benchmark_") || argument.starts_with("--v=");
}

GoogleFlags::GoogleFlags(const std::vector<std::string>& arguments, bool quick)
    : arguments_(arguments), quick_(quick) {}

bool GoogleFlags::IsSet(std::string_view name) const {
  const std::string flag = "--" + std::string(name);
  return std::any_of(arguments_.begin(), arguments_.end(),
                     [&](const std::string& argument) {
                       return argument == flag ||
                              argument.starts_with(flag + "=");
                     }) ||
         // Read once at the start, before there is a second thread.
         // NOLINTNEXTLINE(concurrency-mt-unsafe)
         std::getenv(VariableOf(name).c_str()) != nullptr;
}

std::string GoogleFlags::Value(std::string_view name) const {
  const std::string prefix = "--" + std::string(name) + "=";
  // The last one counts, as in Google Benchmark.
  for (auto argument = arguments_.rbegin(); argument != arguments_.rend();
       ++argument) {
    if (argument->starts_with(prefix)) return argument->substr(prefix.size());
    if (*argument == prefix.substr(0, prefix.size() - 1)) return "true";
  }
  // NOLINTNEXTLINE(concurrency-mt-unsafe)
  const char* variable = std::getenv(VariableOf(name).c_str());
  return variable != nullptr ? variable : "";
}

std::string GoogleFlags::ValueOrDefault(std::string_view name) const {
  if (IsSet(name)) return Value(name);
  const Flag* const flag = FindFlag(fmt::format("--{}", name));
  return flag == nullptr ? "" : DefaultOf(*flag, quick_);
}

bool GoogleFlags::IsTrue(std::string_view name) const {
  return IsSet(name) && MeansTrue(Value(name));
}

void GoogleFlags::Check() const {
  const auto expect = [this](std::string_view name, bool met,
                             std::string_view takes) {
    if (IsSet(name) && !met) {
      throw FlagError(
          fmt::format("--{}={}: takes {}", name, Value(name), takes));
    }
  };
  for (const char* name : {"benchmark_format", "benchmark_out_format"}) {
    const std::string format = Value(name);
    expect(name, format == "console" || format == "json" || format == "csv",
           "console, json or csv");
  }
  const std::string unit = Value("benchmark_time_unit");
  expect("benchmark_time_unit",
         unit == "ns" || unit == "us" || unit == "ms" || unit == "s",
         "ns, us, ms or s");
  const std::optional<std::int32_t> repetitions =
      ParseNumber<std::int32_t>(Value("benchmark_repetitions"));
  expect("benchmark_repetitions", repetitions.value_or(0) > 0,
         "a whole number from 1");
  expect("benchmark_min_time",
         ParseMinTime(Value("benchmark_min_time")).has_value(),
         fmt::format("seconds from 0 to {:.0f} (0.1 or 0.1s), or a number of "
                     "iterations (10x)",
                     kMostSeconds));
  const double warmup_s =
      ParseNumber<double>(Value("benchmark_min_warmup_time")).value_or(-1);
  // Written so that NaN fails too.
  expect("benchmark_min_warmup_time", warmup_s >= 0 && warmup_s <= kMostSeconds,
         fmt::format("seconds from 0 to {:.0f}", kMostSeconds));
  expect("benchmark_color", !Value("benchmark_color").empty(),
         "auto, true or false");
}

std::vector<std::string> GoogleFlags::Defaults() const {
  std::vector<std::string> defaults;
  for (const Flag& flag : FlagTable()) {
    const std::string& value = DefaultOf(flag, quick_);
    if (!IsGoogleFlag(flag.name) || value.empty() ||
        IsSet(flag.name.substr(2))) {
      continue;
    }
    defaults.push_back(fmt::format("{}={}", flag.name, value));
  }
  return defaults;
}

}  // namespace hybrid
