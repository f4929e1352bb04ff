#ifndef HYBRID_MACHINE_KERNEL_FILE_H_
#define HYBRID_MACHINE_KERNEL_FILE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/parse_number.h"
#include "machine/text_file.h"

namespace hybrid {

/// The whole of a file in /proc or /sys, or nothing if it can't be opened or
/// read. Never throws for either: a process may end, or a driver refuse,
/// between open and read, and a stream buffer makes that an exception.
std::optional<std::string> ReadKernelFile(const std::string& path);

/// The number behind `key` on its line (see text_file::FindField), whatever
/// unit follows it.
template <typename Number>
std::optional<Number> FindNumber(std::string_view text, std::string_view key) {
  const auto field = text_file::FindField(text, key);
  if (!field) return std::nullopt;
  const std::vector<std::string_view> words = text_file::Words(*field);
  if (words.empty()) return std::nullopt;
  return ParseNumber<Number>(words.front());
}

}  // namespace hybrid

#endif  // HYBRID_MACHINE_KERNEL_FILE_H_
