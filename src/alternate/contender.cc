#include "alternate/contender.h"

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "alternate/alternation_error.h"
#include "base/find_program.h"
#include "base/launcher.h"
#include "base/run_program.h"
#include "base/text_file.h"
#include "base/unique_fd.h"

namespace hybrid {
namespace {

constexpr std::string_view kFilter = "--benchmark_filter";

/// Flags that are not the user's here.
constexpr std::array<std::string_view, 12> kOwnFlags = {
    "--csv",
    "--record",
    "--resume",
    "--resume_anyway",
    "--search",
    "--budget",
    "--dry_run",
    "--benchmark_repetitions",
    "--benchmark_out",
    "--benchmark_out_format",
    "--benchmark_report_aggregates_only",
    "--benchmark_list_tests"};

std::string_view NameOf(std::string_view flag) {
  return flag.substr(0, flag.find('='));
}

bool HasFlag(const std::vector<std::string>& words, std::string_view flag) {
  return std::any_of(words.begin(), words.end(), [&](const auto& word) {
    return NameOf(word) == NameOf(flag);
  });
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

/// A regular expression that finds this name of a benchmark and no other.
std::string ExactPattern(std::string_view name) {
  std::string pattern = "^";
  for (const char character : name) {
    if (std::string_view(R"(\^$.|?*+()[{)").find(character) !=
        std::string_view::npos) {
      pattern += '\\';
    }
    pattern += character;
  }
  return pattern + '$';
}

}  // namespace

void CheckFlags(const std::vector<std::string>& flags) {
  for (const std::string& word : flags) {
    for (const std::string_view flag : kOwnFlags) {
      if (NameOf(word) != flag) continue;
      throw AlternationError(
          fmt::format("{}: is set by --run itself: leave it out", flag));
    }
    if (NameOf(word) == "--kernels" && word.find("best") != std::string::npos) {
      throw AlternationError(fmt::format(
          "{}: each round would choose anew; name the kernels, or library",
          word));
    }
  }
}

Program::Program(Contender contender)
    : contender_(std::move(contender)), kind_(nullptr) {
  const std::string& path = contender_.executable;
  const int error = WhyNotRun(path);
  if (error != 0) {
    throw AlternationError(
        fmt::format("{} can't be run: {}", path, std::strerror(error)));
  }
  help_ = RunContender(contender_, {"--help"}).output;
  kind_ = KindByHelp(help_);
  if (kind_ == nullptr) {
    throw AlternationError(
        fmt::format("{} is neither bench nor a program with Google Benchmark: "
                    "its --help doesn't name --benchmark_filter",
                    path));
  }
}

/// The user's flags, and those for what nobody chose.
std::vector<std::string> Program::Flags() const {
  std::vector<std::string> flags = contender_.flags;
  for (std::string& flag : kind_->UsualFlags()) {
    if (!HasFlag(contender_.flags, flag)) flags.push_back(std::move(flag));
  }
  for (std::string& flag : kind_->UsualNewFlags()) {
    if (HasFlag(contender_.flags, flag)) continue;
    if (help_.find(NameOf(flag)) == std::string::npos) continue;
    flags.push_back(std::move(flag));
  }
  return flags;
}

std::vector<std::string> Program::ListBenchmarks() const {
  std::vector<std::string> arguments = Flags();
  arguments.emplace_back("--benchmark_list_tests=true");
  const ProgramOutcome outcome = RunContender(contender_, arguments);
  if (outcome.wait_status != 0) {
    throw AlternationError(EndText(contender_, outcome));
  }
  std::vector<std::string> names;
  for (const std::string_view line : text_file::Parts(outcome.output, '\n')) {
    if (!line.empty()) names.emplace_back(line);
  }
  if (names.empty()) {
    throw AlternationError(fmt::format(
        "{} would run no benchmark with these flags", contender_.executable));
  }
  return names;
}

std::vector<std::string> Program::Arguments(const std::string& name,
                                            const std::string& path) const {
  std::vector<std::string> arguments = Flags();
  std::erase_if(arguments,
                [](const auto& word) { return NameOf(word) == kFilter; });
  arguments.push_back(fmt::format("{}={}", kFilter, ExactPattern(name)));
  for (std::string& flag : kind_->MeasuringFlags(path)) {
    arguments.push_back(std::move(flag));
  }
  return arguments;
}

bool Program::TakesTurns() const {
  const std::string flag = kind_->TurnsFlag(true, 0);
  return !flag.empty() && help_.find(NameOf(flag)) != std::string::npos;
}

namespace {

/// A process of a program that measures.
class MeasuringProcess {
 public:
  /// `socket`: an end of one, through which it takes turns; -1: none.
  MeasuringProcess(const Errand& errand, bool comes_first, int socket)
      : errand_(errand) {
    std::error_code error;
    std::filesystem::remove(errand.path, error);
    if (error) {
      throw AlternationError(
          fmt::format("{}: {}", errand.path, error.message()));
    }
    constexpr int kSocketThere = 3;
    std::vector<std::string> arguments =
        errand.program->Arguments(errand.name, errand.path);
    std::vector<PlacedFd> descriptors;
    if (socket >= 0) {
      arguments.push_back(
          errand.program->kind().TurnsFlag(comes_first, kSocketThere));
      descriptors.push_back({socket, kSocketThere});
    }
    try {
      process_.emplace(errand.program->contender().executable, arguments,
                       std::move(descriptors));
    } catch (const LaunchError& launch_error) {
      throw AlternationError(launch_error.what());
    }
  }

  /// What it wrote, once it has ended.
  std::string Result() {
    const ProgramOutcome outcome = process_->Wait();
    // What fails in a configuration stands in its results.
    const auto text = text_file::Read(errand_.path);
    std::error_code ignored;
    std::filesystem::remove(errand_.path, ignored);
    if (WIFEXITED(outcome.wait_status) && text && !text->empty()) return *text;
    throw AlternationError(
        fmt::format("{} ({})", EndText(errand_.program->contender(), outcome),
                    errand_.name));
  }

 private:
  const Errand& errand_;
  std::optional<RunningProgram> process_;
};

}  // namespace

std::string Measure(const Errand& errand) {
  return MeasuringProcess(errand, true, -1).Result();
}

std::pair<std::string, std::string> MeasureInTurns(const Errand& first,
                                                   const Errand& second) {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    throw AlternationError(
        fmt::format("no socket can be had: {}", std::strerror(errno)));
  }
  std::array<UniqueFd, 2> sockets = {UniqueFd(ends[0]), UniqueFd(ends[1])};
  MeasuringProcess one(first, true, sockets[0].get());
  MeasuringProcess other(second, false, sockets[1].get());
  // So that the end of either is the end of its socket.
  for (UniqueFd& socket : sockets) socket.Close();
  std::string text = one.Result();
  return {std::move(text), other.Result()};
}

}  // namespace hybrid
