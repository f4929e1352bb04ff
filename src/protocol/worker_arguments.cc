#include "protocol/worker_arguments.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "base/parse_number.h"

namespace hybrid {
namespace {

struct NamedMember {
  std::string_view start;
  int WorkerArguments::*value;
};

constexpr std::array<NamedMember, 4> kMembers{
    {{"--control_fd=", &WorkerArguments::control_fd},
     {"--operands_fd=", &WorkerArguments::operands_fd},
     {"--products_fd=", &WorkerArguments::products_fd},
     {"--slot=", &WorkerArguments::slot}}};

/// May be there several times.
constexpr std::string_view kDoorbell = "--doorbell_fd=";

struct TextMember {
  std::string_view start;
  std::string BlasFiles::*value;
};

constexpr std::array<TextMember, 4> kBlasMembers{
    {{"--blas=", &BlasFiles::library},
     {"--lapack=", &BlasFiles::lapack},
     {"--blas_family=", &BlasFiles::family},
     {"--blas_threading=", &BlasFiles::threading}}};

struct CommandMember {
  std::string_view start;
  std::string WorkerArguments::*value;
};

constexpr std::array<CommandMember, 3> kCommandMembers{
    {{"--working_directory=", &WorkerArguments::working_directory},
     {"--prepare=", &WorkerArguments::prepare},
     {"--hosts=", &WorkerArguments::hosts}}};

constexpr std::string_view kStartTimeout = "--start_timeout=";

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

template <typename Number>
Number NumberBehind(std::string_view start, std::string_view argument) {
  const auto number = ParseNumber<Number>(argument.substr(start.size()));
  if (!number) {
    throw std::invalid_argument(fmt::format("{} is no number", argument));
  }
  return *number;
}

/// Whether `argument` was one of a command.
bool TakeCommandArgument(std::string_view argument, WorkerArguments& parsed) {
  if (argument.starts_with(kStartTimeout)) {
    parsed.start_timeout_s = NumberBehind<double>(kStartTimeout, argument);
    return true;
  }
  for (const CommandMember& member : kCommandMembers) {
    if (!argument.starts_with(member.start)) continue;
    parsed.*(member.value) = argument.substr(member.start.size());
    return true;
  }
  return false;
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
  for (const int fd : arguments.doorbell_fds) {
    list.push_back(fmt::format("{}{}", kDoorbell, fd));
  }
  if (arguments.start_timeout_s != kUsualStartTimeoutS) {
    list.push_back(
        fmt::format("{}{}", kStartTimeout, arguments.start_timeout_s));
  }
  for (const CommandMember& member : kCommandMembers) {
    if ((arguments.*(member.value)).empty()) continue;
    list.push_back(
        fmt::format("{}{}", member.start, arguments.*(member.value)));
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
  if (blas.library.empty()) throw std::invalid_argument("--blas missing");
  return blas;
}

WorkerArguments ParseWorkerArguments(std::span<char* const> arguments) {
  WorkerArguments parsed;
  for (const std::string_view argument : arguments) {
    if (TakeBlasArgument(argument, parsed.blas)) continue;
    if (TakeCommandArgument(argument, parsed)) continue;
    if (argument.starts_with(kDoorbell)) {
      parsed.doorbell_fds.push_back(NumberBehind<int>(kDoorbell, argument));
      continue;
    }
    const auto member = std::find_if(
        kMembers.begin(), kMembers.end(), [&](const NamedMember& candidate) {
          return argument.starts_with(candidate.start);
        });
    if (member == kMembers.end()) {
      throw std::invalid_argument(fmt::format("unknown argument {}", argument));
    }
    parsed.*(member->value) = NumberBehind<int>(member->start, argument);
  }
  const bool rings =
      !parsed.doorbell_fds.empty() &&
      std::all_of(parsed.doorbell_fds.begin(), parsed.doorbell_fds.end(),
                  [](int fd) { return fd >= 0; });
  if (parsed.control_fd < 0 || !rings || parsed.slot < 0) {
    throw std::invalid_argument(
        "--control_fd, --doorbell_fd or --slot missing");
  }
  return parsed;
}

}  // namespace hybrid
