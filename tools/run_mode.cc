#include "run_mode.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <stdexcept>
#include <utility>

#include "base/duration.h"
#include "base/parse_number.h"
#include "base/shell_words.h"
#include "base/standard_streams.h"
#include "base/text.h"

namespace hybrid {
namespace {

/// A folder below results/ that is not there yet.
std::string NewFolder() {
  const std::string name = fmt::format("results/compare-{:%Y%m%dT%H%M%SZ}",
                                       fmt::gmtime(std::time(nullptr)));
  std::string folder = name;
  for (int i = 2; std::filesystem::exists(folder); ++i) {
    folder = fmt::format("{}-{}", name, i);
  }
  return folder;
}

std::vector<std::string> WordsOf(const std::string& flags) {
  try {
    return SplitWords(flags);
  } catch (const std::invalid_argument& error) {
    throw std::runtime_error(
        fmt::format("--run_flags={}: {}", flags, error.what()));
  }
}

/// The program with the flags of both sides and with its own.
Contender ContenderOf(const std::string& executable,
                      const std::vector<std::string>& flags,
                      const std::string& own_flags) {
  Contender contender{executable, flags};
  for (std::string& word : WordsOf(own_flags)) {
    contender.flags.push_back(std::move(word));
  }
  return contender;
}

std::size_t RoundsOf(const std::string& text) {
  const auto rounds = ParseNumber<std::size_t>(text);
  constexpr std::size_t kMost = 10'000;
  if (!rounds || *rounds == 0 || *rounds > kMost) {
    throw std::runtime_error(fmt::format(
        "--rounds={}: takes a whole number from 1 to {}", text, kMost));
  }
  return *rounds;
}

AlternationSettings SettingsOf(const RunOptions& options) {
  if (options.baseline.empty()) {
    throw std::runtime_error(
        "--run: takes two programs, --run BASE/bench HEAD/bench -- FLAGS, or "
        "one with two sets of flags, --run bench --run_flags=A --run_flags=B");
  }
  const bool two_flags = options.own_flags.size() == 2;
  if (!two_flags && !options.own_flags.empty()) {
    throw std::runtime_error(
        "--run_flags: give it twice, for the baseline and for what is new");
  }
  if (options.now.empty() && !two_flags) {
    throw std::runtime_error(
        "--run: one program needs two sets of flags, --run_flags=A "
        "--run_flags=B");
  }
  AlternationSettings settings;
  settings.baseline = ContenderOf(options.baseline, options.flags,
                                  two_flags ? options.own_flags[0] : "");
  settings.now =
      ContenderOf(options.now.empty() ? options.baseline : options.now,
                  options.flags, two_flags ? options.own_flags[1] : "");
  settings.folder = options.into.empty() ? NewFolder() : options.into;
  settings.compare = options.compare;
  if (!options.rounds.empty()) settings.most_rounds = RoundsOf(options.rounds);
  if (!options.budget.empty()) {
    settings.budget_s = ParseDuration(options.budget);
    if (!settings.budget_s) {
      throw std::runtime_error(fmt::format(
          "--budget={}: takes a time above 0 such as 90, 60s, 5m or 1h",
          options.budget));
    }
  }
  return settings;
}

}  // namespace

std::vector<std::string> TakeFlagsBehindDashes(
    std::vector<std::string>& arguments) {
  const auto dashes = std::find(arguments.begin(), arguments.end(), "--");
  if (dashes == arguments.end()) return {};
  std::vector<std::string> flags(dashes + 1, arguments.end());
  arguments.erase(dashes, arguments.end());
  return flags;
}

Alternation MeasureInTurn(const RunOptions& options) {
  const AlternationSettings settings = SettingsOf(options);
  bool is_first = true;
  Alternation result = Alternate(settings, [&](const std::string& line) {
    if (std::exchange(is_first, false)) {
      PrintError(fmt::format(
          "hybrid-compare: rounds go into {}; --into={} goes on with them\n",
          settings.folder, Quote(settings.folder)));
    }
    PrintError(fmt::format("hybrid-compare: {}\n", line));
  });
  if (result.open > 0) {
    PrintError(fmt::format(
        "hybrid-compare: {} still open after {}; --into={}{} goes on\n",
        Counted(result.open, "configuration"), Counted(result.rounds, "round"),
        Quote(settings.folder),
        result.out_of_time ? ""
                           : fmt::format(" --rounds={}", 2 * result.rounds)));
  }
  return result;
}

}  // namespace hybrid
