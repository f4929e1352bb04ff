#include "prediction/verify_command.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/vetted_split.h"
#include "base/contains.h"
#include "base/shell_words.h"
#include "base/text.h"
#include "key/key_text.h"
#include "operation/operation.h"

namespace hybrid {
namespace {

using Words = std::vector<std::string>;

constexpr std::array<std::string_view, 12> kPastedFlags{
    "--cap",
    "--hang_timeout",
    "--launch",
    "--ceilings",
    "--rerun_noisy",
    "--quick",
    "--start_timeout",
    "--keep_env",
    "--benchmark_repetitions",
    "--benchmark_min_time",
    "--benchmark_min_warmup_time",
    "--benchmark_enable_random_interleaving"};
constexpr std::array<std::string_view, 3> kUsersFlags{
    "--worker", "--working_directory", "--prepare"};
constexpr std::string_view kQuick = "--quick";

/// The words of `text`, which a result file says; none if those are no words.
Words RecordedWords(const std::string& text) {
  try {
    return SplitWords(text);
  } catch (const std::invalid_argument&) {
    return {};
  }
}

/// Flags, and the names of those that are the user's to give.
struct Flags {
  Words words;
  std::set<std::string> users;
};

/// The other flags of a run.
Flags OtherFlags(const std::string& recorded) {
  Flags flags;
  for (std::string& word : RecordedWords(recorded)) {
    const std::string name = word.substr(0, word.find('='));
    if (name.size() == word.size()) continue;
    if (Contains(kPastedFlags, name)) flags.words.push_back(std::move(word));
    if (Contains(kUsersFlags, name)) flags.users.insert(name);
  }
  return flags;
}

/// "1,2,4" of a member of all splits.
template <typename Value>
std::string Listed(std::span<const Split> splits, Value Split::*member) {
  std::set<Value> values;
  for (const Split& split : splits) values.insert(split.*member);
  std::vector<std::string> texts;
  texts.reserve(values.size());
  for (const Value& value : values) texts.push_back(KeyValue(value));
  return fmt::format("{}", fmt::join(texts, ","));
}

/// The part of a benchmark's name that is `split`, as KeyText writes it.
std::string NameOf(const Split& split) {
  std::string text = fmt::format("workers:{}/blas_threads:{}", split.workers,
                                 split.blas_threads);
  if (split.engine != Engine::kProcesses) {
    text = fmt::format("engine:{}/{}", Name(split.engine), text);
  }
  return split.host_count == 1
             ? text
             : fmt::format("hosts:{}/{}", split.host_count, text);
}

/// What --benchmark_filter has to be for `splits` alone: their axes may have
/// further products.
std::string FilterOf(const TaskSize& size, std::span<const Split> splits) {
  std::set<std::uint64_t> workers;
  std::set<std::uint64_t> threads;
  std::set<Engine> engines;
  std::set<std::uint64_t> hosts;
  Words names;
  for (const Split& split : splits) {
    workers.insert(split.workers);
    threads.insert(split.blas_threads);
    engines.insert(split.engine);
    hosts.insert(split.host_count);
    names.push_back(NameOf(split));
  }
  if (workers.size() * threads.size() * engines.size() * hosts.size() <=
      splits.size()) {
    return "Hybrid";
  }
  return fmt::format("Hybrid/.*/batch:{}/({})(/|$)", size.batch,
                     fmt::join(names, "|"));
}

/// Adds the flag of the variables that a command was measured with.
void AddEnvironment(const std::string& environment, Flags& flags) {
  for (const std::string& variable : RecordedWords(environment)) {
    if (SteersWhatRuns(variable.substr(0, variable.find('=')))) {
      flags.users.insert("--env");
    } else {
      flags.words.push_back(fmt::format("--env={}", variable));
    }
  }
}

/// The flags for the parts of `key` that are not as usual. Only a command has
/// what starts one.
Flags WayFlags(const Key& key, bool quick) {
  Flags flags;
  ForEachKey(key, [&](const KeyPart& part, const auto& field) {
    const std::string value = KeyValue(field);
    if (value.empty()) return;
    if (part.column == "operation") {
      if (value != "gemm" && value != kCommandOperation) {
        flags.words.push_back(fmt::format("--operation={}", value));
      }
    } else if (part.column == "environment") {
      if (key.runs_command()) AddEnvironment(value, flags);
    } else if (part.column == "aspect") {
      // What is usual there depends on the operation.
      const Operation* const operation = FindOperation(key.operation);
      const bool is_usual =
          operation == nullptr || value == KeyValue(UsualAspect(*operation));
      if (!is_usual) flags.words.push_back(fmt::format("--aspect={}", value));
    } else if (part.column == "blas" && value.find('/') != std::string::npos) {
      // bench would load it.
      flags.users.insert("--blas");
    } else if (part.role == KeyRole::kOption) {
      const bool is_commands =
          part.column == "command" || part.column == "protocol";
      if (is_commands && !key.runs_command()) return;
      // A first look has other kernels by default.
      const bool told = quick && part.column == "kernels_asked";
      if (value != part.usual || told) {
        flags.words.push_back(fmt::format("--{}={}", part.label, value));
      }
    }
  });
  return flags;
}

}  // namespace

std::span<const std::string_view> PastedFlags() { return kPastedFlags; }

std::span<const std::string_view> UsersFlags() { return kUsersFlags; }

std::string VerifyCommand(const Grid& grid, const TaskSize& size,
                          std::span<const Split> splits) {
  Words words{"bench"};
  words.push_back("--benchmark_filter=" + FilterOf(size, splits));
  if (size.n > 0) words.push_back(fmt::format("--n={}", size.n));
  words.push_back(fmt::format("--batch={}", size.batch));
  if (!splits.empty()) {
    words.push_back("--workers=" + Listed(splits, &Split::workers));
    words.push_back("--blas_threads=" + Listed(splits, &Split::blas_threads));
    const std::string engines = Listed(splits, &Split::engine);
    if (engines != Name(Engine::kProcesses)) {
      words.push_back("--engine=" + engines);
    }
  }
  const Flags others = OtherFlags(grid.flags);
  const bool quick = std::any_of(
      others.words.begin(), others.words.end(),
      [](const std::string& word) { return word.starts_with(kQuick); });
  Flags way = WayFlags(grid.key(), quick);
  words.insert(words.end(), way.words.begin(), way.words.end());
  words.insert(words.end(), others.words.begin(), others.words.end());
  for (std::string& word : words) {
    const std::size_t sign = word.find('=');
    if (sign == std::string::npos) continue;
    // Where the value needs quotes, they need not stand around the name.
    word = fmt::format("{}={}", word.substr(0, sign),
                       Quote(word.substr(sign + 1)));
  }
  std::string line = fmt::format("{}", fmt::join(words, " "));
  way.users.insert(others.users.begin(), others.users.end());
  // Which hosts these are no file says.
  const bool has_hosts =
      std::any_of(splits.begin(), splits.end(),
                  [](const Split& split) { return split.host_count > 1; });
  if (has_hosts) way.users.insert("--hosts");
  if (!way.users.empty()) {
    // Not their values: a shell may take what stands behind # for arguments.
    line += fmt::format("  # give {} too, as in the file",
                        fmt::join(way.users, ", "));
  }
  return OneLine(line);
}

}  // namespace hybrid
