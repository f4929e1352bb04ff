#include "output/not_run_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstddef>
#include <vector>

#include "base/contains.h"
#include "key/key_text.h"

namespace hybrid {

std::string NotRunText(std::span<const SkippedKey> not_run) {
  constexpr std::size_t kMostNames = 6;
  std::vector<std::string> names;
  for (const SkippedKey& one : not_run) {
    std::string name = SplitText(one.key.split());
    if (one.key.n > 0) name += fmt::format(" at n={}", one.key.n);
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
