#include "flags/recorded_flags.h"

#include <fmt/format.h>

#include <exception>

#include "base/shell_words.h"
#include "flags/flag_table.h"
#include "flags/meaning.h"
#include "results/results_error.h"
#include "results/row_format.h"

namespace hybrid {
namespace {

/// The value of `flag` in `flags`, which has its default if it is not there.
std::string ValueOrDefault(const MeasuringFlags& flags, const Flag& flag) {
  const std::string* const value = FlagValue(flags, flag.name);
  if (value != nullptr) return *value;
  const std::string* const quick = FlagValue(flags, kQuickFlag);
  return DefaultOf(flag, quick != nullptr && MeansTrue(*quick));
}

/// Of files up to schema version 8: whether the A/A check came along.
constexpr std::string_view kFormerNoise = "--noise";

bool MeanTheSame(const Flag& flag, const std::string& a, const std::string& b) {
  return Normal(flag.meaning, a) == Normal(flag.meaning, b);
}

}  // namespace

bool IsMeasuringFlag(std::string_view name) {
  const Flag* const flag = FindFlag(name);
  return flag != nullptr && flag->place > 0;
}

const std::string* FlagValue(const MeasuringFlags& flags,
                             std::string_view name) {
  for (const MeasuringFlag& flag : flags) {
    if (flag.name == name) return &flag.value;
  }
  return nullptr;
}

MeasuringFlags GivenFlags(const Options& options, const GoogleFlags& google) {
  MeasuringFlags flags;
  for (const Flag* flag : RecordedFlags()) {
    if (IsGoogleFlag(flag->name)) {
      const std::string name = flag->name.substr(2);
      if (google.IsSet(name)) flags.push_back({flag->name, google.Value(name)});
    } else if (const auto given = options.given.find(flag->name);
               given != options.given.end()) {
      flags.push_back({flag->name, given->second});
    }
  }
  return flags;
}

std::vector<std::string> Arguments(const MeasuringFlags& flags) {
  std::vector<std::string> arguments;
  for (const MeasuringFlag& flag : flags) {
    arguments.push_back(fmt::format("{}={}", flag.name, flag.value));
  }
  return arguments;
}

std::string FlagsText(const MeasuringFlags& flags) {
  std::string text;
  for (const MeasuringFlag& flag : flags) {
    text += fmt::format("{}{}={}", text.empty() ? "" : " ", flag.name,
                        Quote(flag.value));
  }
  return text;
}

MeasuringFlags ParseFlagsText(std::string_view text) {
  MeasuringFlags flags;
  try {
    for (const std::string& word : SplitWords(text)) {
      const std::size_t sign = word.find('=');
      const std::string name = word.substr(0, sign);
      if (name == kFormerNoise) continue;
      if (sign == std::string::npos || !IsMeasuringFlag(name) ||
          FlagValue(flags, name) != nullptr) {
        throw ResultsError(fmt::format("'{}' is no flag of it", Excerpt(word)));
      }
      flags.push_back({name, word.substr(sign + 1)});
    }
  } catch (const std::exception& error) {
    throw ResultsError(fmt::format("column flags: {}", error.what()));
  }
  return flags;
}

void CheckSources(const MeasuringFlags& given, const MeasuringFlags& recorded) {
  for (const MeasuringFlag& flag : recorded) {
    const Source source = FindFlag(flag.name)->source;
    const bool trusted = source == Source::kAnywhere ||
                         (source == Source::kNoPathFromFile &&
                          flag.value.find('/') == std::string::npos);
    if (trusted || FlagValue(given, flag.name) != nullptr) {
      continue;
    }
    throw ResultsError(
        fmt::format("the file was measured with {0}={1}: give {0}={1} too",
                    flag.name, Quote(flag.value)));
  }
}

std::vector<std::string> FlagDifferences(const MeasuringFlags& given,
                                         const MeasuringFlags& recorded) {
  std::vector<std::string> lines;
  for (const MeasuringFlag& ours : given) {
    const Flag& flag = *FindFlag(ours.name);
    const std::string theirs = ValueOrDefault(recorded, flag);
    if (MeanTheSame(flag, ours.value, theirs)) continue;
    lines.push_back(fmt::format(
        "{}={}, but the file's is {}{}", ours.name, ours.value,
        theirs.empty() ? "empty" : theirs,
        FlagValue(recorded, ours.name) != nullptr ? "" : " by default"));
  }
  return lines;
}

MeasuringFlags Merge(const MeasuringFlags& given,
                     const MeasuringFlags& recorded) {
  MeasuringFlags merged;
  for (const Flag* flag : RecordedFlags()) {
    const std::string* value = FlagValue(recorded, flag->name);
    const std::string* const ours = FlagValue(given, flag->name);
    if (ours != nullptr &&
        !MeanTheSame(*flag, *ours, ValueOrDefault(recorded, *flag))) {
      value = ours;
    }
    if (value != nullptr) merged.push_back({flag->name, *value});
  }
  return merged;
}

}  // namespace hybrid
