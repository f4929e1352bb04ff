#include "alternate/contender.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "alternate/name_pattern.h"
#include "base/find_program.h"
#include "base/launcher.h"
#include "base/run_program.h"
#include "base/text_file.h"

namespace hybrid {
namespace {

/// A filter of bench's is no longer than this.
constexpr std::size_t kLongestPattern = 1900;

/// Flags of bench that are not the user's here.
constexpr std::array<std::string_view, 10> kOwnFlags = {
    "--csv",           "--record",
    "--resume",        "--resume_anyway",
    "--search",        "--budget",
    "--dry_run",       "--benchmark_repetitions",
    "--benchmark_out", "--benchmark_list_tests"};

bool IsFlag(const std::string& word, std::string_view flag) {
  return word.starts_with(flag) &&
         (word.size() == flag.size() || word[flag.size()] == '=');
}

bool HasFlag(const std::vector<std::string>& words, std::string_view flag) {
  return std::any_of(words.begin(), words.end(),
                     [&](const auto& word) { return IsFlag(word, flag); });
}

/// ": " and the last line of `text` that says something; empty if none does.
std::string LastLine(std::string_view text) {
  std::string_view last;
  for (const std::string_view line : text_file::Parts(text, '\n')) {
    if (!text_file::Words(line).empty()) last = line;
  }
  return last.empty() ? "" : fmt::format(": {}", last);
}

/// Runs the contender with `arguments` to its end.
ProgramOutcome RunContender(const Contender& contender,
                            const std::vector<std::string>& arguments) {
  try {
    return RunToEnd(contender.executable, arguments);
  } catch (const LaunchError& error) {
    throw AlternationError(error.what());
  }
}

/// "bench exited with status 2: why".
std::string EndText(const Contender& contender, const ProgramOutcome& outcome) {
  return fmt::format("{} {}{}", contender.executable,
                     DescribeWaitStatus(outcome.wait_status),
                     LastLine(outcome.errors));
}

/// The user's flags, and where nobody chose them the family Hybrid, and the
/// kernels that the library chooses: a probe would cost more than a round, and
/// choose anew each time.
std::vector<std::string> FlagsOf(const Contender& contender) {
  std::vector<std::string> flags = contender.flags;
  if (!HasFlag(flags, "--kernels")) flags.emplace_back("--kernels=library");
  if (!HasFlag(flags, "--benchmark_filter")) {
    flags.emplace_back("--benchmark_filter=Hybrid");
  }
  return flags;
}

std::string HelpOf(const Contender& contender) {
  return RunContender(contender, {"--help"}).output;
}

}  // namespace

void CheckFlags(const std::vector<std::string>& flags) {
  for (const std::string& word : flags) {
    for (const std::string_view flag : kOwnFlags) {
      if (!IsFlag(word, flag)) continue;
      throw AlternationError(
          fmt::format("{}: is set by --run itself: leave it out", flag));
    }
    if (IsFlag(word, "--kernels") && word.find("best") != std::string::npos) {
      throw AlternationError(fmt::format(
          "{}: each round would choose anew; name the kernels, or library",
          word));
    }
  }
}

std::vector<std::string> ListBenchmarks(const Contender& contender) {
  const std::string& path = contender.executable;
  const int error = WhyNotRun(path);
  if (error != 0) {
    throw AlternationError(
        fmt::format("{} can't be run: {}", path, std::strerror(error)));
  }
  if (HelpOf(contender).find("--blas_threads") == std::string::npos) {
    throw AlternationError(fmt::format(
        "{} is no bench: its --help doesn't name --blas_threads", path));
  }
  std::vector<std::string> arguments = FlagsOf(contender);
  arguments.emplace_back("--benchmark_list_tests");
  const ProgramOutcome outcome = RunContender(contender, arguments);
  if (outcome.wait_status != 0) {
    throw AlternationError(EndText(contender, outcome));
  }
  std::vector<std::string> names;
  for (const std::string_view line : text_file::Parts(outcome.output, '\n')) {
    if (!line.empty()) names.emplace_back(line);
  }
  return names;
}

void RunRound(const Contender& contender, const RoundSpec& spec) {
  std::vector<std::string> arguments = FlagsOf(contender);
  if (!spec.names.empty()) {
    const std::string pattern = NamePattern(spec.names);
    // What is too long for a filter is measured once more than need be.
    if (pattern.size() <= kLongestPattern) {
      std::erase_if(arguments, [](const std::string& word) {
        return IsFlag(word, "--benchmark_filter");
      });
      arguments.push_back("--benchmark_filter=" + pattern);
    }
  }
  // A former version may not know the flag; then it measures them each time.
  if (!HasFlag(arguments, "--ceilings") &&
      HelpOf(contender).find("--ceilings") != std::string::npos) {
    arguments.emplace_back("--ceilings=none");
  }
  arguments.emplace_back("--benchmark_repetitions=1");
  arguments.push_back("--csv=" + spec.csv);
  const ProgramOutcome outcome = RunContender(contender, arguments);
  std::error_code ignored;
  const bool wrote = std::filesystem::exists(spec.csv, ignored) &&
                     !std::filesystem::is_empty(spec.csv, ignored);
  // What fails in single configurations stands in their rows.
  if (WIFEXITED(outcome.wait_status) && wrote) return;
  throw AlternationError(EndText(contender, outcome));
}

}  // namespace hybrid
