#include "flags/readers.h"

#include <limits>

#include "base/parse_number.h"

namespace hybrid {
namespace {

constexpr double kMaxSeconds = 1e6;

}  // namespace

double ParseSeconds(std::string_view flag, std::string_view text,
                    std::string_view also) {
  const std::optional<double> seconds = ParseNumber<double>(text);
  // Written so that NaN fails too.
  if (!seconds || !(*seconds > 0 && *seconds <= kMaxSeconds)) {
    throw FlagError(
        fmt::format("{}={}: takes seconds above 0 up to {:.0f}, as in 2.5{}",
                    flag, text, kMaxSeconds, also));
  }
  return *seconds;
}

std::uint64_t ParseSeed(std::string_view text) {
  const std::optional<std::uint64_t> seed = ParseNumber<std::uint64_t>(text);
  if (!seed) {
    throw FlagError(fmt::format("--seed={}: takes a whole number from 0 to {}",
                                text,
                                std::numeric_limits<std::uint64_t>::max()));
  }
  return *seed;
}

std::vector<std::string> ParseKernels(std::string_view text) {
  return ParseNames<std::string>(
      "--kernels", text, "a list of best, library and names such as haswell",
      [](std::string_view name) -> std::optional<std::string> {
        const bool is_name =
            !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
              return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                     c == '_';
            });
        if (!is_name) return std::nullopt;
        return std::string(name);
      });
}

bool ParseAuto(std::string_view flag, std::string_view text,
               std::string_view off) {
  if (text != "auto" && text != off) {
    throw FlagError(fmt::format("{}={}: takes auto or {}", flag, text, off));
  }
  return text == "auto";
}

int ParseTimes(std::string_view flag, std::string_view text) {
  constexpr int kMost = 100;
  const std::optional<int> times = ParseNumber<int>(text);
  if (!times || *times < 0 || *times > kMost) {
    throw FlagError(fmt::format("{}={}: takes a whole number from 0 to {}",
                                flag, text, kMost));
  }
  return *times;
}

}  // namespace hybrid
