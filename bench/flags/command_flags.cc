#include "flags/command_flags.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <stdexcept>
#include <utility>

#include "base/contains.h"
#include "base/enum_names.h"
#include "base/flag_error.h"
#include "base/shell_words.h"
#include "key/key.h"
#include "sweep/axis.h"

namespace hybrid {
namespace {

constexpr std::array<std::string_view, 5> kProtocols{"auto", "lines", "filter",
                                                     "once", kWholeProtocol};

// Together they fit the text of a key in the control block, other parts
// included.
constexpr std::size_t kMostCommandBytes = 4096;
constexpr std::size_t kMostEnvironmentBytes = 2048;

constexpr std::string_view kEnvFlag = "--env";

/// What makes no sense beside a command, and why.
struct Refused {
  std::string_view flag;
  std::string_view why;
};
constexpr std::array<Refused, 6> kRefused{
    {{"--kernels", "it chooses its kernels itself"},
     {"--data", "its operands are its own"},
     {"--precision", "its numbers are its own"},
     {"--collect", "its results are its own"},
     {"--aspect", "its matrices are its own"},
     {"--operation", "what a task does is what it does"}}};

constexpr std::array<std::string_view, 6> kCommandFlags{
    "--protocol", "--start_timeout",     "--env",
    "--keep_env", "--working_directory", "--prepare"};

bool Given(const Options& options, std::string_view flag) {
  return options.given.contains(std::string(flag));
}

/// `text` of a flag that takes a program and its arguments. Throws FlagError.
std::string ReadWords(std::string_view flag, const std::string& text,
                      const Options& options) {
  if (!Given(options, flag)) return {};
  const bool one_line = std::none_of(text.begin(), text.end(), [](char c) {
    return c == '\n' || c == '\r' || c == '\0';
  });
  if (!one_line) {
    throw FlagError(
        fmt::format("{}: takes one line; put more of them into a file", flag));
  }
  if (text.size() > kMostCommandBytes) {
    throw FlagError(fmt::format(
        "{}: has {} bytes, {} are the most; put the rest into a file", flag,
        text.size(), kMostCommandBytes));
  }
  std::vector<std::string> words;
  try {
    words = SplitWords(text);
  } catch (const std::invalid_argument& error) {
    throw FlagError(fmt::format("{}={}: {}", flag, text, error.what()));
  }
  if (words.empty() || words.front().empty()) {
    throw FlagError(
        fmt::format("{}={}: takes a program and its arguments", flag, text));
  }
  return text;
}

bool IsVariableName(std::string_view name) {
  const auto is_letter = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
  };
  return !name.empty() && is_letter(name.front()) &&
         std::all_of(name.begin(), name.end(), [&](char c) {
           return is_letter(c) || (c >= '0' && c <= '9');
         });
}

/// Whether the variable tells a library its threads, as the split does.
bool IsThreads(std::string_view name) {
  return name.ends_with("_NUM_THREADS") && name != "JULIA_NUM_THREADS";
}

/// A variable with its values.
struct Variable {
  std::string name;
  std::vector<std::string> values;
};

Variable ReadVariable(std::string_view flag, std::string_view text) {
  const std::size_t sign = text.find('=');
  Variable variable{std::string(text.substr(0, sign)), {}};
  if (sign == std::string_view::npos || !IsVariableName(variable.name)) {
    throw FlagError(
        fmt::format("{}={}: takes NAME=VALUE or NAME=a,b", flag, text));
  }
  if (IsThreads(variable.name)) {
    throw FlagError(fmt::format(
        "{}={}: --blas_threads sets that variable for each split", flag, text));
  }
  for (const std::string_view value : SplitList(text.substr(sign + 1))) {
    if (Contains(variable.values, value)) {
      throw FlagError(
          fmt::format("{}={}: '{}' is given twice", flag, text, value));
    }
    variable.values.emplace_back(value);
  }
  return variable;
}

std::vector<Variable> ReadVariables(std::string_view flag,
                                    std::string_view text) {
  std::vector<Variable> variables;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(';', begin), text.size());
    Variable one = ReadVariable(flag, text.substr(begin, end - begin));
    for (const Variable& other : variables) {
      if (other.name != one.name) continue;
      throw FlagError(
          fmt::format("{}={}: {} is given twice", flag, text, one.name));
    }
    variables.push_back(std::move(one));
    begin = end + 1;
  }
  return variables;
}

/// Each of `environments` with each value of `variable`.
std::vector<std::string> With(const std::vector<std::string>& environments,
                              const Variable& variable) {
  std::vector<std::string> product;
  product.reserve(environments.size() * variable.values.size());
  for (const std::string& environment : environments) {
    for (const std::string& value : variable.values) {
      product.push_back(fmt::format("{}{}{}={}", environment,
                                    environment.empty() ? "" : " ",
                                    variable.name, Quote(value)));
    }
  }
  return product;
}

void RefuseEngines(const SweepAxes& axes) {
  if (Contains(axes.engines, Engine::kBatched)) {
    throw FlagError(
        "--engine=batched: not beside --command, which has no batched call");
  }
  const bool speaks_lines = axes.protocol == "auto" || axes.protocol == "lines";
  if (Contains(axes.engines, Engine::kThreads) && !speaks_lines) {
    throw FlagError(fmt::format(
        "--engine=threads: takes --protocol=lines or auto beside --command, "
        "not {}: its threads are those of one program that lives",
        axes.protocol));
  }
}

void RefuseBeside(const Options& options) {
  for (const Refused& refused : kRefused) {
    if (!Given(options, refused.flag)) continue;
    throw FlagError(fmt::format("{}={}: not beside --command: {}", refused.flag,
                                options.given.at(std::string(refused.flag)),
                                refused.why));
  }
  RefuseEngines(options.axes);
  if (options.axes.protocol == kWholeProtocol &&
      options.axes.pin == Pin::kCores) {
    throw FlagError(
        "--pin=cores: with --protocol=whole the program places its workers "
        "itself");
  }
}

void RefuseAlone(const Options& options) {
  for (const std::string_view flag : kCommandFlags) {
    if (!Given(options, flag)) continue;
    throw FlagError(fmt::format("{}={}: takes a --command beside it", flag,
                                options.given.at(std::string(flag))));
  }
}

}  // namespace

void ReadCommand(std::string_view flag, const std::string& text,
                 Options& options) {
  options.axes.command = ReadWords(flag, text, options);
}

void ReadPrepare(std::string_view flag, const std::string& text,
                 Options& options) {
  options.prepare = ReadWords(flag, text, options);
}

void ReadProtocol(std::string_view flag, const std::string& text,
                  Options& options) {
  if (!Contains(kProtocols, text)) {
    throw FlagError(fmt::format("{}={}: takes one of {}", flag, text,
                                fmt::join(kProtocols, ", ")));
  }
  options.axes.protocol = text;
}

void ReadEnv(std::string_view flag, const std::string& text, Options& options) {
  options.axes.environments = {""};
  if (!Given(options, flag)) return;
  for (const Variable& variable : ReadVariables(flag, text)) {
    options.axes.environments = With(options.axes.environments, variable);
  }
  for (const std::string& environment : options.axes.environments) {
    if (environment.size() <= kMostEnvironmentBytes &&
        environment.find('\n') == std::string::npos) {
      continue;
    }
    throw FlagError(
        fmt::format("{}: takes values of one line, at most {} bytes in all",
                    flag, kMostEnvironmentBytes));
  }
}

void ReadKeepEnv(std::string_view flag, const std::string& text,
                 Options& options) {
  options.keep_env.clear();
  if (!Given(options, flag)) return;
  for (const std::string_view name : SplitList(text)) {
    if (!IsVariableName(name)) {
      throw FlagError(
          fmt::format("{}={}: takes names of variables", flag, text));
    }
    if (IsThreads(name)) {
      throw FlagError(fmt::format(
          "{}={}: --blas_threads sets {} for each split", flag, text, name));
    }
    options.keep_env.emplace_back(name);
  }
}

std::vector<std::string> WithOneEnv(const std::vector<std::string>& arguments) {
  std::vector<std::string> others;
  std::vector<std::string> values;
  for (auto argument = arguments.begin(); argument != arguments.end();
       ++argument) {
    const bool has_value = argument->starts_with(fmt::format("{}=", kEnvFlag));
    const bool is_next = *argument == kEnvFlag &&
                         argument + 1 != arguments.end() &&
                         !(argument + 1)->starts_with('-');
    if (has_value) {
      values.push_back(argument->substr(kEnvFlag.size() + 1));
    } else if (is_next) {
      values.push_back(*++argument);
    } else {
      others.push_back(*argument);
    }
  }
  if (!values.empty()) {
    others.push_back(fmt::format("{}={}", kEnvFlag, fmt::join(values, ";")));
  }
  return others;
}

void ApplyCommand(Options& options) {
  SweepAxes& axes = options.axes;
  if (!options.runs_command()) {
    RefuseAlone(options);
    axes.protocol.clear();
    return;
  }
  RefuseBeside(options);
  axes.operations = {std::string(kCommandOperation)};
  axes.kernels = {""};
  if (!Given(options, "--blas")) axes.blas = {""};
  if (!options.n_given) axes.n.values = {0};
}

}  // namespace hybrid
