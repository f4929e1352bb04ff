#include "output/not_run_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstddef>
#include <vector>

#include "base/contains.h"
#include "base/text.h"
#include "key/key_text.h"

namespace hybrid {

namespace {

/// The words of `key` that not all of `ran` have that have its split and n.
std::vector<std::string> OwnWords(const Key& key, std::span<const Row> ran) {
  const std::vector<std::string> words =
      WordsOf(KeyText(key, KeyStyle::kGroup));
  std::vector<std::string> own;
  for (const Row& row : ran) {
    if (row.split() != key.split() || row.n != key.n) continue;
    const std::vector<std::string> others =
        WordsOf(KeyText(row, KeyStyle::kGroup));
    for (const std::string& word : words) {
      if (!Contains(others, word) && !Contains(own, word)) own.push_back(word);
    }
  }
  return own;
}

}  // namespace

std::string NotRunText(std::span<const SkippedKey> not_run,
                       std::span<const Row> ran) {
  constexpr std::size_t kMostNames = 6;
  std::vector<std::string> names;
  for (const SkippedKey& one : not_run) {
    std::string name = SplitText(one.key.split());
    if (one.key.n > 0) name += fmt::format(" at n={}", one.key.n);
    const std::vector<std::string> own = OwnWords(one.key, ran);
    if (!own.empty()) name += fmt::format(" ({})", fmt::join(own, " "));
    if (!Contains(names, name)) names.push_back(std::move(name));
  }
  if (names.empty()) return {};
  const std::size_t others =
      names.size() > kMostNames ? names.size() - kMostNames : 0;
  names.resize(names.size() - others);
  return fmt::format("{}{} not run: {}", fmt::join(names, ", "),
                     others > 0 ? fmt::format(" and {} others", others) : "",
                     not_run.front().reason);
}

}  // namespace hybrid
