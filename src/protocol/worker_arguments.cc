#include "protocol/worker_arguments.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>

#include "base/parse_number.h"

namespace hybrid {
namespace {

struct NamedMember {
  std::string_view start;
  int WorkerArguments::*value;
};

constexpr std::array<NamedMember, 5> kMembers{
    {{"--control_fd=", &WorkerArguments::control_fd},
     {"--doorbell_fd=", &WorkerArguments::doorbell_fd},
     {"--operands_fd=", &WorkerArguments::operands_fd},
     {"--products_fd=", &WorkerArguments::products_fd},
     {"--slot=", &WorkerArguments::slot}}};

}  // namespace

std::vector<std::string> WorkerArgumentList(const WorkerArguments& arguments) {
  std::vector<std::string> list;
  list.reserve(kMembers.size());
  for (const NamedMember& member : kMembers) {
    list.push_back(fmt::format("{}{}", member.start, arguments.*member.value));
  }
  return list;
}

WorkerArguments ParseWorkerArguments(std::span<char* const> arguments) {
  WorkerArguments parsed;
  for (const std::string_view argument : arguments) {
    const auto member = std::find_if(
        kMembers.begin(), kMembers.end(), [&](const NamedMember& candidate) {
          return argument.starts_with(candidate.start);
        });
    if (member == kMembers.end()) {
      throw std::invalid_argument(fmt::format("unknown argument {}", argument));
    }
    const std::string_view value = argument.substr(member->start.size());
    const std::optional<int> number = ParseNumber<int>(value);
    if (!number) {
      throw std::invalid_argument(fmt::format("{} is no number", argument));
    }
    parsed.*(member->value) = *number;
  }
  if (parsed.control_fd < 0 || parsed.doorbell_fd < 0 || parsed.slot < 0) {
    throw std::invalid_argument(
        "--control_fd, --doorbell_fd or --slot missing");
  }
  return parsed;
}

}  // namespace hybrid
