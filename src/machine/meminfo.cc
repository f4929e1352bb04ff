#include "machine/meminfo.h"

#include <vector>

#include "base/text_file.h"

namespace hybrid {

std::optional<std::uint64_t> ReadMeminfo(std::string_view field,
                                         const std::string& root) {
  constexpr std::uint64_t kBytesPerKibibyte = 1024;
  const auto text = text_file::Read(root + "/proc/meminfo");
  if (!text) return std::nullopt;
  const auto value = text_file::FindField(*text, field);
  if (!value) return std::nullopt;
  // `123456 kB`: the kernel's kB are KiB.
  const std::vector<std::string_view> words = text_file::Words(*value);
  if (words.size() != 2 || words[1] != "kB") return std::nullopt;
  const auto kibibytes = ParseNumber<std::uint64_t>(words[0]);
  if (!kibibytes) return std::nullopt;
  return *kibibytes * kBytesPerKibibyte;
}

}  // namespace hybrid
