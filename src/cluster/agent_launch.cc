#include "cluster/agent_launch.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/clock.h"
#include "base/process_list.h"
#include "base/strays.h"
#include "base/system_error.h"
#include "base/text.h"
#include "base/unique_fd.h"
#include "base/variables.h"
#include "base/write_fully.h"

namespace hybrid {
namespace {

/// What mpirun and mpiexec need to end processes on other hosts.
constexpr double kTermS = 5;
constexpr useconds_t kPauseUs = 20000;

std::string TitleOf(const LauncherCommand& command, std::size_t host_count) {
  const std::string program =
      std::filesystem::path(command.words.front()).filename().string();
  if (command.hosts.size() == 1) {
    return fmt::format("{} for host {}", program, command.hosts.front());
  }
  return fmt::format("{} for {}", program, Counted(host_count, "host"));
}

/// `; it printed: no such host`, of `it`: what was printed, on one line. Of
/// much that is the beginning, where most say what is wrong before they explain
/// it, and the end, since ssh shows a host's greeting first. Empty if nothing
/// was printed.
std::string PrintedText(std::string_view it, std::string_view printed) {
  constexpr std::size_t kBegin = 250;
  constexpr std::size_t kEnd = 150;
  std::vector<std::string> words = WordsOf(OneLine(printed));
  // Lines across the screen.
  std::erase_if(words, [](const std::string& word) {
    return word.size() > 20 && word.find_first_not_of("-=") == word.npos;
  });
  if (words.empty()) return "";
  std::string text = fmt::format("{}", fmt::join(words, " "));
  if (text.size() > kBegin + kEnd) {
    const std::size_t end = text.find(' ', text.size() - kEnd);
    text = CutTo(text, kBegin) + (end == text.npos ? "" : text.substr(end));
  }
  return fmt::format("; {} printed: {}", it, text);
}

/// A pipe that holds `line` and its end, which it has room for.
UniqueFd PipeWith(const std::string& line) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) ThrowSystemError("pipe");
  UniqueFd reader(ends[0]);
  const UniqueFd writer(ends[1]);
  const int error = WriteFully(writer.get(), line + "\n");
  if (error != 0) ThrowSystemError("pipe", error);
  return reader;
}

}  // namespace

AgentLaunch::AgentLaunch() : kept_(Descendants(getpid())) { AdoptOrphans(); }

AgentLaunch::AgentLaunch(const LaunchPlan& plan, const std::string& told)
    : AgentLaunch() {
  told_ = told;
  LaunchSpec spec;
  spec.environment = plan.environment;
  SetVariable(*spec.environment, fmt::format("{}={}", kAgentVariable, told));
  // After a SIGKILL what Slurm has started would go on.
  spec.parent_death_signal = SIGTERM;
  spec.own_group = true;
  launchers_.reserve(plan.commands.size());
  try {
    for (const LauncherCommand& command : plan.commands) {
      Start(command, TitleOf(command, plan.host_count), spec, told);
    }
  } catch (const std::system_error& error) {
    throw LaunchError(
        fmt::format("{} can't be started: {}", plan.launcher, error.what()));
  }
}

void AgentLaunch::Start(const LauncherCommand& command, std::string title,
                        LaunchSpec spec, const std::string& told) {
  ChildOutput output;
  UniqueFd input;
  if (command.is_told_by_stdin) input = PipeWith(told);
  spec.executable = command.words.front();
  spec.arguments.assign(command.words.begin() + 1, command.words.end());
  spec.input_fd = input.get();
  spec.output_fd = output.fd();
  spec.error_fd = output.fd();
  ChildProcess process = LaunchProcess(spec);
  launchers_.push_back({.title = std::move(title),
                        .output = std::move(output),
                        .process = std::move(process)});
}

/// What `launcher` printed, but for the secret: `sh -x` shows a lot.
std::string AgentLaunch::PrintedBy(std::string_view it,
                                   const Launcher& launcher) const {
  std::string printed(launcher.output.text());
  if (told_.empty()) return PrintedText(it, printed);
  for (std::size_t at = 0; (at = printed.find(told_, at)) != printed.npos;) {
    printed.replace(at, told_.size(), "...");
  }
  return PrintedText(it, printed);
}

AgentLaunch::~AgentLaunch() {
  End(0);
  DisownOrphans();
}

std::optional<std::string> AgentLaunch::Look() {
  for (Launcher& launcher : launchers_) {
    if (launcher.is_told_of || launcher.process.Running()) continue;
    launcher.is_told_of = true;
    return fmt::format("{} {}{}", launcher.title,
                       DescribeWaitStatus(launcher.process.Wait()),
                       PrintedBy("it", launcher));
  }
  return std::nullopt;
}

std::string AgentLaunch::LastWords() const {
  std::string words;
  for (const Launcher& launcher : launchers_) {
    words += PrintedBy(launcher.title, launcher);
  }
  return words;
}

void AgentLaunch::End(double patience_s) {
  // What has left their process groups, as agents of mpiexec, ends before them.
  Await(patience_s, [this](const std::vector<pid_t>& left) {
    return std::none_of(left.begin(), left.end(),
                        [this](pid_t pid) { return IsLauncher(getpgid(pid)); });
  });
  for (const pid_t pid : Left()) kill(pid, SIGTERM);
  Await(kTermS, [](const std::vector<pid_t>& left) { return left.empty(); });
  KillStrays(kept_);
  for (Launcher& launcher : launchers_) {
    launcher.process.Running();  // or else it would look for that number later
    launcher.is_told_of = true;
  }
}

/// Waits until what is left is as it should be, `limit_s` at most.
template <typename Condition>
void AgentLaunch::Await(double limit_s, Condition is_met) {
  const std::int64_t begin_ns = NowNs();
  for (useconds_t pause_us = 200; !is_met(Left());
       pause_us = std::min(2 * pause_us, kPauseUs)) {
    if (NsToSeconds(NowNs() - begin_ns) >= limit_s) return;
    usleep(pause_us);
  }
}

/// Reaps what has ended of all that was started; what has not.
std::vector<pid_t> AgentLaunch::Left() {
  for (Launcher& launcher : launchers_) launcher.process.Running();
  std::vector<pid_t> left = FindStrays(kept_);
  std::erase_if(left, [this](pid_t pid) {
    return !IsLauncher(pid) && waitpid(pid, nullptr, WNOHANG) == pid;
  });
  return left;
}

bool AgentLaunch::IsLauncher(pid_t pid) const {
  return std::any_of(launchers_.begin(), launchers_.end(),
                     [pid](const Launcher& launcher) {
                       return launcher.process.pid() == pid;
                     });
}

}  // namespace hybrid
