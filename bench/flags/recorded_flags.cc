#include "flags/recorded_flags.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>

#include "base/parse_number.h"
#include "results/results_error.h"
#include "results/row_format.h"
#include "sweep/axis.h"

namespace hybrid {
namespace {

/// How two values of a flag are compared.
enum class Meaning { kText, kAxis, kNumber, kBoolean };

struct Known {
  std::string_view name;
  Meaning meaning = Meaning::kText;
};

constexpr std::array kKnown = {
    Known{"--n", Meaning::kAxis},
    Known{"--batch", Meaning::kAxis},
    Known{"--workers", Meaning::kAxis},
    Known{"--blas_threads", Meaning::kAxis},
    Known{"--operation"},
    Known{"--data"},
    Known{"--collect"},
    Known{"--kernels"},
    Known{"--serial_blis"},
    Known{"--pin"},
    Known{"--seed"},
    Known{"--cap", Meaning::kNumber},
    Known{"--noise"},
    Known{"--ceilings"},
    Known{"--rerun_noisy", Meaning::kNumber},
    Known{"--worker"},
    Known{"--hang_timeout", Meaning::kNumber},
    Known{"--benchmark_filter"},
    Known{"--benchmark_repetitions", Meaning::kNumber},
    Known{"--benchmark_min_time", Meaning::kNumber},
    Known{"--benchmark_min_warmup_time", Meaning::kNumber},
    Known{"--benchmark_enable_random_interleaving", Meaning::kBoolean}};

const Known* Find(std::string_view name) {
  const auto* const known =
      std::find_if(kKnown.begin(), kKnown.end(),
                   [&](const Known& k) { return k.name == name; });
  return known == kKnown.end() ? nullptr : known;
}

bool IsGoogles(std::string_view name) {
  return name.starts_with("--benchmark_");
}

std::string Default(std::string_view name) {
  if (name == "--benchmark_repetitions") {
    return fmt::format("{}", kDefaultRepetitions);
  }
  if (name == "--benchmark_min_time") {
    return fmt::format("{}", kDefaultMinTimeS);
  }
  if (name == "--benchmark_min_warmup_time") return "0";
  if (name == "--benchmark_enable_random_interleaving") return "false";
  return IsGoogles(name) ? "" : DefaultValue(std::string(name));
}

/// One text for all values that mean the same.
std::string Normal(const Known& flag, const std::string& value) {
  if (flag.meaning == Meaning::kNumber) {
    const std::optional<double> number = ParseNumber<double>(value);
    return number ? fmt::format("{}", *number) : value;
  }
  if (flag.meaning == Meaning::kBoolean) {
    const GoogleFlags alone({fmt::format("{}={}", flag.name, value)});
    return alone.IsTrue(flag.name.substr(2)) ? "true" : "false";
  }
  if (flag.meaning == Meaning::kAxis) {
    const AxisRule any{.flag = flag.name,
                       .max = std::numeric_limits<std::uint64_t>::max(),
                       .allows_auto = true};
    try {
      const Axis axis = ParseAxis(any, value);
      return axis.is_auto ? "auto"
                          : fmt::format("{}", fmt::join(axis.values, ","));
    } catch (const FlagError&) {
      return value;
    }
  }
  return value;
}

bool IsPlain(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
         std::string_view("-_./:,=+@%").find(c) != std::string_view::npos;
}

std::string Quote(const std::string& text) {
  if (std::all_of(text.begin(), text.end(), IsPlain)) return text;
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'') {
      quoted += "'\\''";
    } else {
      quoted += c;
    }
  }
  return quoted + "'";
}

/// Takes the quotes away as a shell would. Throws ResultsError.
std::vector<std::string> SplitWords(std::string_view text) {
  std::vector<std::string> words;
  std::optional<std::string> word;
  bool in_quotes = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (!in_quotes && c == ' ') {
      if (word) words.push_back(*std::exchange(word, std::nullopt));
      continue;
    }
    if (!word) word.emplace();
    if (c == '\'') {
      in_quotes = !in_quotes;
    } else if (!in_quotes && c == '\\' && i + 1 < text.size()) {
      *word += text[++i];
    } else {
      *word += c;
    }
  }
  if (in_quotes) throw ResultsError("a quote is never closed");
  if (word) words.push_back(*word);
  return words;
}

}  // namespace

bool IsMeasuringFlag(std::string_view name) { return Find(name) != nullptr; }

const std::string* ValueOf(const MeasuringFlags& flags, std::string_view name) {
  for (const MeasuringFlag& flag : flags) {
    if (flag.name == name) return &flag.value;
  }
  return nullptr;
}

MeasuringFlags GivenFlags(const Options& options, const GoogleFlags& google) {
  MeasuringFlags flags;
  for (const Known& known : kKnown) {
    std::string name(known.name);
    if (IsGoogles(name)) {
      const std::string google_name = name.substr(2);
      if (google.IsSet(google_name)) {
        flags.push_back({std::move(name), google.Value(google_name)});
      }
    } else if (const auto given = options.given.find(name);
               given != options.given.end()) {
      flags.push_back({std::move(name), given->second});
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
      if (sign == std::string::npos || !IsMeasuringFlag(name) ||
          ValueOf(flags, name) != nullptr) {
        throw ResultsError(fmt::format("'{}' is no flag of it", Excerpt(word)));
      }
      flags.push_back({name, word.substr(sign + 1)});
    }
  } catch (const ResultsError& error) {
    throw ResultsError(fmt::format("column flags: {}", error.what()));
  }
  return flags;
}

std::vector<std::string> Differences(const MeasuringFlags& given,
                                     const MeasuringFlags& recorded) {
  std::vector<std::string> lines;
  for (const MeasuringFlag& flag : given) {
    const Known& known = *Find(flag.name);
    const std::string* const theirs = ValueOf(recorded, flag.name);
    const std::string value = theirs ? *theirs : Default(flag.name);
    if (Normal(known, flag.value) == Normal(known, value)) continue;
    lines.push_back(fmt::format("{}={}, but the file's is {}{}", flag.name,
                                flag.value, value.empty() ? "empty" : value,
                                theirs ? "" : " by default"));
  }
  return lines;
}

MeasuringFlags Merge(const MeasuringFlags& given,
                     const MeasuringFlags& recorded) {
  MeasuringFlags merged;
  for (const Known& known : kKnown) {
    const std::string* value = ValueOf(recorded, known.name);
    const std::string* const ours = ValueOf(given, known.name);
    if (ours != nullptr &&
        Normal(known, *ours) !=
            Normal(known, value ? *value : Default(known.name))) {
      value = ours;
    }
    if (value != nullptr) merged.push_back({std::string(known.name), *value});
  }
  return merged;
}

}  // namespace hybrid
