#include "flags/command_check.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "base/contains.h"
#include "base/find_program.h"
#include "base/flag_error.h"
#include "base/placeholders.h"
#include "base/shell_words.h"
#include "key/key.h"

namespace hybrid {
namespace {

namespace fs = std::filesystem;

/// A flag with a program and its arguments.
struct CommandFlag {
  std::string_view name;
  std::string line;
  std::vector<std::string_view> placeholders;  ///< that it may have
  std::string_view knower;  ///< what decides that, in messages
};

std::vector<std::string_view> PlaceholdersOf(std::string_view protocol) {
  if (protocol == kWholeProtocol) {
    return {"workers", "blas_threads", "batch",      "n",
            "seed",    "hosts",        "host_count", "all_workers"};
  }
  if (protocol == "once") {
    return {"task", "first", "count", "n", "blas_threads", "worker", "seed"};
  }
  return {"n", "batch", "workers", "blas_threads", "worker", "seed"};
}

[[noreturn]] void Reject(const CommandFlag& flag, std::string_view why) {
  throw FlagError(fmt::format("{}={}: {}", flag.name, flag.line, why));
}

void CheckProgram(const CommandFlag& flag, const std::string& program,
                  const fs::path& folder) {
  // Each start may be another one then.
  if (program.find_first_of("{}") != std::string::npos) return;
  if (program.find('/') == std::string::npos) {
    const char* const path = std::getenv("PATH");
    if (FindInPath(path == nullptr ? "/bin:/usr/bin" : path, program, folder)) {
      return;
    }
    Reject(flag, fmt::format("no folder of PATH has a program {}{}", program,
                             WhyNotRun(folder / program) == 0
                                 ? fmt::format("; ./{} is one", program)
                                 : std::string()));
  }
  const int error = WhyNotRun(folder / program);
  if (error == 0) return;
  Reject(flag, fmt::format(
                   "{}: {}{}", program, std::generic_category().message(error),
                   error == EACCES ? " (chmod +x makes it a program)" : ""));
}

/// `{task} {n}`.
std::string Braced(const std::vector<std::string_view>& names) {
  std::vector<std::string> braced;
  braced.reserve(names.size());
  for (const std::string_view name : names) {
    braced.push_back(fmt::format("{{{}}}", name));
  }
  return fmt::format("{}", fmt::join(braced, " "));
}

void CheckPlaceholders(const CommandFlag& flag, const std::string& word,
                       const Options& options) try {
  for (const std::string& name : PlaceholdersIn(word)) {
    if (!Contains(flag.placeholders, name)) {
      Reject(flag, fmt::format("{{{}}}: {} knows {}; a brace is written {{{{ "
                               "or }}}}",
                               name, flag.knower, Braced(flag.placeholders)));
    }
    if (name == "n" && !options.n_given) {
      Reject(flag, "{n}: takes --n=… beside it");
    }
  }
} catch (const std::invalid_argument& error) {
  Reject(flag, error.what());
}

void CheckOne(const CommandFlag& flag, const Options& options) {
  const std::vector<std::string> words = SplitWords(flag.line);
  for (const std::string& word : words) CheckPlaceholders(flag, word, options);
  CheckProgram(flag, words.front(), options.working_directory);
}

}  // namespace

void CheckCommand(const Options& options) {
  if (!options.runs_command()) return;
  const std::string& folder = options.working_directory;
  std::error_code failure;
  if (!folder.empty() && !fs::is_directory(folder, failure)) {
    throw FlagError(fmt::format(
        "--working_directory={}: {}", folder,
        failure ? failure.message()
                : std::generic_category().message(
                      fs::exists(folder, failure) ? ENOTDIR : ENOENT)));
  }
  const std::string& protocol = options.axes.protocol;
  CheckOne({"--command", options.axes.command, PlaceholdersOf(protocol),
            fmt::format("--protocol={}", protocol)},
           options);
  if (options.prepare.empty()) return;
  CheckOne({"--prepare", options.prepare, PlaceholdersOf("auto"), "it"},
           options);
}

}  // namespace hybrid
