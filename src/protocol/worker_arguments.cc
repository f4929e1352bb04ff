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

struct TextMember {
  std::string_view start;
  std::string BlasFiles::*value;
};

constexpr std::array<TextMember, 4> kBlasMembers{
    {{"--blas=", &BlasFiles::library},
     {"--lapack=", &BlasFiles::lapack},
     {"--blas_family=", &BlasFiles::family},
     {"--blas_threading=", &BlasFiles::threading}}};

constexpr std::string_view kTypedFlag = "--typed_blas";

/// Whether `argument` was one of a BLAS.
bool TakeBlasArgument(std::string_view argument, BlasFiles& blas) {
  if (argument == kTypedFlag) {
    blas.typed = true;
    return true;
  }
  for (const TextMember& member : kBlasMembers) {
    if (!argument.starts_with(member.start)) continue;
    blas.*(member.value) = argument.substr(member.start.size());
    return true;
  }
  return false;
}

void CheckBlas(const BlasFiles& blas) {
  if (blas.library.empty()) throw std::invalid_argument("--blas missing");
}

}  // namespace

std::vector<std::string> BlasArgumentList(const BlasFiles& blas) {
  std::vector<std::string> list;
  for (const TextMember& member : kBlasMembers) {
    if ((blas.*(member.value)).empty()) continue;
    list.push_back(fmt::format("{}{}", member.start, blas.*(member.value)));
  }
  if (blas.typed) list.emplace_back(kTypedFlag);
  return list;
}

std::vector<std::string> WorkerArgumentList(const WorkerArguments& arguments) {
  std::vector<std::string> list = BlasArgumentList(arguments.blas);
  for (const NamedMember& member : kMembers) {
    list.push_back(fmt::format("{}{}", member.start, arguments.*member.value));
  }
  return list;
}

BlasFiles ParseBlasArguments(std::span<char* const> arguments) {
  BlasFiles blas;
  for (const std::string_view argument : arguments) {
    if (!TakeBlasArgument(argument, blas)) {
      throw std::invalid_argument(fmt::format("unknown argument {}", argument));
    }
  }
  CheckBlas(blas);
  return blas;
}

WorkerArguments ParseWorkerArguments(std::span<char* const> arguments) {
  WorkerArguments parsed;
  for (const std::string_view argument : arguments) {
    if (TakeBlasArgument(argument, parsed.blas)) continue;
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
  CheckBlas(parsed.blas);
  return parsed;
}

}  // namespace hybrid
