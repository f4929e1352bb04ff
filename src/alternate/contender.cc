#include "alternate/contender.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "alternate/name_pattern.h"
#include "base/find_program.h"
#include "base/launcher.h"
#include "base/text_file.h"
#include "base/unique_fd.h"

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

/// What a program wrote, and how it ended.
struct Outcome {
  int wait_status = 0;
  std::string output;
  std::string errors;

  bool ok() const {
    return WIFEXITED(wait_status) && WEXITSTATUS(wait_status) == 0;
  }
};

std::string TextOf(const UniqueFd& file) {
  return text_file::Read(fmt::format("/proc/self/fd/{}", file.get()))
      .value_or("");
}

/// Runs the contender with `arguments` to its end. Files take what it writes,
/// since pipes would have to be read meanwhile.
Outcome RunToEnd(const Contender& contender,
                 const std::vector<std::string>& arguments) {
  const UniqueFd output(memfd_create("stdout", MFD_CLOEXEC));
  const UniqueFd errors(memfd_create("stderr", MFD_CLOEXEC));
  if (!output.valid() || !errors.valid()) {
    throw AlternationError(fmt::format(
        "{} can't be run: {}", contender.executable, std::strerror(errno)));
  }
  LaunchSpec spec;
  spec.executable = contender.executable;
  spec.arguments = arguments;
  spec.output_fd = output.get();
  spec.error_fd = errors.get();
  Outcome outcome;
  try {
    outcome.wait_status = LaunchProcess(spec).Wait();
  } catch (const LaunchError& error) {
    throw AlternationError(error.what());
  }
  outcome.output = TextOf(output);
  outcome.errors = TextOf(errors);
  return outcome;
}

/// ": " and the last line of `text` that says something; empty if none does.
std::string LastLine(std::string_view text) {
  std::string_view last;
  for (const std::string_view line : text_file::Parts(text, '\n')) {
    if (!text_file::Words(line).empty()) last = line;
  }
  return last.empty() ? "" : fmt::format(": {}", last);
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
  return RunToEnd(contender, {"--help"}).output;
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
  const Outcome outcome = RunToEnd(contender, arguments);
  if (!outcome.ok()) {
    throw AlternationError(fmt::format("{} {}{}", path,
                                       DescribeWaitStatus(outcome.wait_status),
                                       LastLine(outcome.errors)));
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
  const Outcome outcome = RunToEnd(contender, arguments);
  std::error_code ignored;
  const bool wrote = std::filesystem::file_size(spec.csv, ignored) > 0 &&
                     std::filesystem::exists(spec.csv, ignored);
  // What fails in single configurations stands in their rows.
  if (WIFEXITED(outcome.wait_status) && wrote) return;
  throw AlternationError(fmt::format("{} {}{}", contender.executable,
                                     DescribeWaitStatus(outcome.wait_status),
                                     LastLine(outcome.errors)));
}

}  // namespace hybrid
