#include "test_marked.h"

#include <fmt/format.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>

#include "base/parse_number.h"
#include "base/text_file.h"

namespace hybrid {
namespace {

constexpr useconds_t kLookUs = 2000;

/// Whether it is bench, a worker, or on its way to be one of these.
bool IsOurs(const Marked::Process& process) {
  const std::string_view command = process.command;
  const std::string_view program = command.substr(0, command.find(' '));
  return program.ends_with("/bench") || program.ends_with("/hybrid-worker");
}

void ReapAll() {
  while (waitpid(-1, nullptr, WNOHANG) > 0) {
  }
}

}  // namespace

Marked::Marked() {
  static int count = 0;
  variable_ = fmt::format("MARK_OF_A_TEST={}-{}", getpid(), ++count);
}

std::vector<Marked::Process> Marked::Find() const {
  std::vector<Process> found;
  std::error_code error;
  std::filesystem::directory_iterator entry("/proc", error);
  for (; !error && entry != std::filesystem::directory_iterator();
       entry.increment(error)) {
    const std::string folder = entry->path().string();
    const auto pid = ParseNumber<pid_t>(entry->path().filename().string());
    if (!pid) continue;
    const std::string environment =
        text_file::Read(folder + "/environ").value_or("");
    // Each variable ends with a zero.
    if (environment.find(variable_ + '\0') == std::string::npos) continue;
    std::string command = text_file::Read(folder + "/cmdline").value_or("");
    std::replace(command.begin(), command.end(), '\0', ' ');
    found.push_back({*pid, std::move(command)});
  }
  return found;
}

std::vector<std::string> Marked::AwaitEnd() const {
  for (std::vector<Process> all = Find();
       std::any_of(all.begin(), all.end(), &IsOurs); all = Find()) {
    ReapAll();
    usleep(kLookUs);
  }
  // Who was there in a look may have ended before the last of ours did.
  std::vector<std::string> left;
  for (const Process& process : Find()) {
    left.push_back(process.command);
    kill(process.pid, SIGKILL);
  }
  while (!Find().empty()) usleep(kLookUs);
  while (waitpid(-1, nullptr, 0) > 0) {
  }
  return left;
}

}  // namespace hybrid
