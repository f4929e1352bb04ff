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

#include "base/contains.h"
#include "base/shell_words.h"
#include "base/text.h"
#include "key/key_text.h"
#include "operation/operation.h"

namespace hybrid {
namespace {

using Words = std::vector<std::string>;

/// Flags of bench that the key and the splits decide.
constexpr std::array<std::string_view, 18> kAxisFlags{"--benchmark_filter",
                                                      "--n",
                                                      "--batch",
                                                      "--workers",
                                                      "--blas_threads",
                                                      "--engine",
                                                      "--aspect",
                                                      "--operation",
                                                      "--precision",
                                                      "--blas",
                                                      "--data",
                                                      "--collect",
                                                      "--kernels",
                                                      "--pin",
                                                      "--command",
                                                      "--protocol",
                                                      "--env",
                                                      "--seed"};
constexpr std::string_view kQuick = "--quick";

/// The words of `text`, which a result file says; none if those are no words.
Words RecordedWords(const std::string& text) {
  try {
    return SplitWords(text);
  } catch (const std::invalid_argument&) {
    return {};
  }
}

/// Whether `text` can be a flag's name, which is pasted as it is.
bool IsFlagName(std::string_view text) {
  return text.starts_with("--") &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || c == '_' || c == '-';
         });
}

/// The other flags of a run.
Words OtherFlags(const std::string& flags) {
  Words others;
  for (std::string& word : RecordedWords(flags)) {
    const std::size_t sign = word.find('=');
    if (sign == std::string::npos) continue;
    const std::string_view name = std::string_view(word).substr(0, sign);
    if (!IsFlagName(name) || Contains(kAxisFlags, name)) continue;
    others.push_back(std::move(word));
  }
  return others;
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
  const std::string text = fmt::format("workers:{}/blas_threads:{}",
                                       split.workers, split.blas_threads);
  return split.engine == Engine::kProcesses
             ? text
             : fmt::format("engine:{}/{}", Name(split.engine), text);
}

/// What --benchmark_filter has to be for `splits` alone: their axes may have
/// further products.
std::string FilterOf(const TaskSize& size, std::span<const Split> splits) {
  std::set<std::uint64_t> workers;
  std::set<std::uint64_t> threads;
  std::set<Engine> engines;
  Words names;
  for (const Split& split : splits) {
    workers.insert(split.workers);
    threads.insert(split.blas_threads);
    engines.insert(split.engine);
    names.push_back(NameOf(split));
  }
  if (workers.size() * threads.size() * engines.size() <= splits.size()) {
    return "Hybrid";
  }
  return fmt::format("Hybrid/.*/batch:{}/({})(/|$)", size.batch,
                     fmt::join(names, "|"));
}

/// The flags for the parts of `key` that are not as usual.
Words WayFlags(const Key& key, bool quick) {
  Words flags;
  ForEachKey(key, [&](const KeyPart& part, const auto& field) {
    const std::string value = KeyValue(field);
    if (value.empty()) return;
    if (part.column == "operation") {
      if (value != "gemm" && value != kCommandOperation) {
        flags.push_back(fmt::format("--operation={}", value));
      }
    } else if (part.column == "environment") {
      for (const std::string& variable : RecordedWords(value)) {
        flags.push_back(fmt::format("--env={}", variable));
      }
    } else if (part.column == "aspect") {
      // What is usual there depends on the operation.
      const Operation* const operation = FindOperation(key.operation);
      const bool is_usual =
          operation == nullptr || value == KeyValue(UsualAspect(*operation));
      if (!is_usual) flags.push_back(fmt::format("--aspect={}", value));
    } else if (part.role == KeyRole::kOption) {
      // A first look has other kernels by default.
      const bool told = quick && part.column == "kernels_asked";
      if (value != part.usual || told) {
        flags.push_back(fmt::format("--{}={}", part.label, value));
      }
    }
  });
  return flags;
}

}  // namespace

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
  const Words others = OtherFlags(grid.flags);
  const bool quick = std::any_of(
      others.begin(), others.end(),
      [](const std::string& word) { return word.starts_with(kQuick); });
  const Words way = WayFlags(grid.key(), quick);
  words.insert(words.end(), way.begin(), way.end());
  words.insert(words.end(), others.begin(), others.end());
  for (std::string& word : words) {
    const std::size_t sign = word.find('=');
    if (sign == std::string::npos) continue;
    // Where the value needs quotes, they need not stand around the name.
    word = fmt::format("{}={}", word.substr(0, sign),
                       Quote(word.substr(sign + 1)));
  }
  return OneLine(fmt::format("{}", fmt::join(words, " ")));
}

}  // namespace hybrid
