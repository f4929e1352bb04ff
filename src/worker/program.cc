#include "worker/program.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "base/clock.h"
#include "base/find_program.h"
#include "worker/program_lines.h"

namespace hybrid {
namespace {

/// How often the program is looked at where its end can't be waited for.
constexpr int kLookMs = 20;
constexpr useconds_t kNearEndUs = 100;
/// How long it may take to end when nothing is left to do: interpreters run
/// handlers and free memory.
constexpr std::int64_t kEndNs = 2'000'000'000;
constexpr int kReadNumber = 3;
constexpr int kWriteNumber = 4;
constexpr std::size_t kShownBytes = 120;

/// The words of a command for messages.
std::string CommandName(const std::vector<std::string>& words) {
  std::string text = fmt::format("{}", fmt::join(words, " "));
  if (text.size() <= kShownBytes) return text;
  return fmt::format("{}…", text.substr(0, kShownBytes));
}

std::string_view ValueIn(const std::vector<std::string>& environment,
                         std::string_view start) {
  for (const std::string_view variable : environment) {
    if (variable.starts_with(start)) return variable.substr(start.size());
  }
  return {};
}

std::pair<UniqueFd, UniqueFd> MakePipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) {
    throw ProgramError(fmt::format("pipe: {}", std::strerror(errno)));
  }
  return {UniqueFd(ends[0]), UniqueFd(ends[1])};
}

}  // namespace

std::string FindExecutable(const std::string& name,
                           const std::string& working_directory,
                           const std::vector<std::string>& environment) {
  const std::filesystem::path folder = working_directory;
  if (name.find('/') != std::string::npos) {
    const int error = WhyNotRun(folder / name);
    if (error == 0) return name;
    throw ProgramError(fmt::format("{}: {}", name, std::strerror(error)));
  }
  if (auto found = FindInPath(ValueIn(environment, "PATH="), name, folder)) {
    return *std::move(found);
  }
  throw ProgramError(fmt::format("{}: there is no such program in PATH", name));
}

Program::Pipes Program::ToProgram() {
  auto [read_end, write_end] = MakePipe();
  return {std::move(write_end), std::move(read_end)};
}

Program::Pipes Program::FromProgram() {
  auto [read_end, write_end] = MakePipe();
  return {std::move(read_end), std::move(write_end)};
}

Program::Program(ProgramSpec spec)
    : spec_(std::move(spec)),
      pipes_{ToProgram(), ToProgram(), FromProgram(), FromProgram(),
             FromProgram()},
      input_(std::move(pipes_[0].ours)),
      own_input_(std::move(pipes_[1].ours)),
      output_(std::move(pipes_[2].ours)),
      error_(std::move(pipes_[3].ours)),
      own_output_(std::move(pipes_[4].ours)),
      process_(Start()),
      end_(static_cast<int>(syscall(SYS_pidfd_open, process_.pid(), 0))) {
  for (Pipes& pipe : pipes_) pipe.theirs.Close();
  for (const UniqueFd* const fd : {&input_, &own_input_}) {
    fcntl(fd->get(), F_SETFL, O_NONBLOCK);
  }
}

ChildProcess Program::Start() {
  // A program that is gone is found out by its end, not by a signal.
  signal(SIGPIPE, SIG_IGN);
  LaunchSpec launch;
  launch.executable = FindExecutable(
      spec_.words.front(), spec_.working_directory, spec_.environment);
  launch.arguments.assign(spec_.words.begin() + 1, spec_.words.end());
  launch.environment = spec_.environment;
  launch.working_directory = spec_.working_directory;
  launch.own_group = true;
  launch.input_fd = pipes_[0].theirs.get();
  launch.placed_fds = {{pipes_[1].theirs.get(), kReadNumber},
                       {pipes_[4].theirs.get(), kWriteNumber}};
  launch.output_fd = pipes_[2].theirs.get();
  launch.error_fd = pipes_[3].theirs.get();
  try {
    return Launch(launch);
  } catch (const LaunchError& error) {
    throw ProgramError(error.what());
  }
}

Program::~Program() { KillGroup(); }

/// Its own children may have stayed in its group.
void Program::KillGroup() { kill(-process_.pid(), SIGKILL); }

void Program::Wait(int timeout_ms) {
  // Of the owner only the end is of interest: a command for later may wait.
  std::array<pollfd, 5> polls{{{output_.fd(), POLLIN, 0},
                               {error_.fd(), POLLIN, 0},
                               {own_output_.fd(), POLLIN, 0},
                               {end_.get(), POLLIN, 0},
                               {spec_.owner_fd, 0, 0}}};
  const std::array<LineReader*, 3> readers{&output_, &error_, &own_output_};
  for (std::size_t i = 0; i < readers.size(); ++i) {
    if (readers[i]->at_end()) polls[i].fd = -1;
  }
  if (!end_.valid()) timeout_ms = std::min(timeout_ms, kLookMs);
  poll(polls.data(), polls.size(), timeout_ms);
  for (std::size_t i = 0; i < readers.size(); ++i) {
    if (polls[i].revents != 0) readers[i]->Fill();
  }
  KeepPrinted();
  if ((polls.back().revents & POLLHUP) != 0) Fail("bench is gone");
}

/// Whether it has ended; then all that it wrote was read. A child of its own
/// may keep the pipes open.
bool Program::HasEnded() {
  if (process_.Running()) return false;
  Wait(0);
  return true;
}

void Program::KeepPrinted() {
  printed_.Add(error_.TakeAll());
  if (channel_ == Channel::kOwn) printed_.Add(output_.TakeAll());
  if (channel_ == Channel::kStandard) printed_.Add(own_output_.TakeAll());
}

void Program::KeepAllPrinted() {
  printed_.Add(output_.TakeAll());
  printed_.Add(own_output_.TakeAll());
}

std::optional<std::string> Program::AwaitFirst(
    bool (*is_first)(std::string_view), double timeout_s) {
  const std::int64_t end_ns =
      NowNs() + static_cast<std::int64_t>(std::min(timeout_s, 1e8) * 1e9);
  while (true) {
    const bool ended = HasEnded();
    for (const Channel channel : {Channel::kOwn, Channel::kStandard}) {
      LineReader& reader = channel == Channel::kOwn ? own_output_ : output_;
      while (true) {
        std::optional<std::string> line;
        try {
          line = reader.TakeLine();
        } catch (const std::runtime_error&) {
          // What comes before the first line may be of any length.
          line = reader.TakeAll();
        }
        if (!line) break;
        if (is_first(*line)) {
          channel_ = channel;
          KeepPrinted();
          return line;
        }
        printed_.Add(*line + '\n');
      }
    }
    if (ended) FailEnded();
    const std::int64_t left_ns = end_ns - NowNs();
    if (left_ns <= 0) return std::nullopt;
    Wait(static_cast<int>(std::min<std::int64_t>(left_ns / 1000000 + 1, 1000)));
  }
}

bool Program::HasLine() {
  Wait(0);
  return reader().has_more();
}

void Program::Send(std::string_view text) {
  const int fd = (channel_ == Channel::kStandard ? input_ : own_input_).get();
  while (!text.empty()) {
    const ssize_t size = write(fd, text.data(), text.size());
    if (size > 0) {
      text.remove_prefix(static_cast<std::size_t>(size));
    } else if (errno == EAGAIN && process_.Running()) {
      // It may have to be rid of what it wrote first.
      Wait(1);
    } else if (errno != EINTR) {
      FailEnded();
    }
  }
}

std::string Program::ReceiveAny() {
  while (true) {
    const bool ended = HasEnded();
    try {
      if (auto line = reader().TakeLine()) return *std::move(line);
    } catch (const std::runtime_error& error) {
      Fail(error.what());
    }
    if (reader().at_end() || ended) FailEnded();
    Wait(1000);
  }
}

std::string Program::Receive() {
  while (true) {
    std::string line = ReceiveAny();
    if (const auto why = BehindWord(line, "error")) {
      Fail(fmt::format("error: {}", *why));
    }
    const auto text = BehindWord(line, "log");
    if (!text) return line;
    printed_.Add(fmt::format("{}\n", *text));
  }
}

void Program::AwaitSuccess() {
  input_.Close();
  own_input_.Close();
  while (process_.Running()) {
    // Nothing tells of its end then, which is near.
    const bool is_untold = !end_.valid() && output_.at_end() && error_.at_end();
    if (is_untold) usleep(kNearEndUs);
    Wait(is_untold ? 0 : 1000);
    KeepAllPrinted();
  }
  Wait(0);
  KeepAllPrinted();
  if (process_.Wait() != 0) FailEnded();
  KillGroup();
}

void Program::Finish() {
  spec_.owner_fd = -1;
  input_.Close();
  own_input_.Close();
  const std::int64_t end_ns = NowNs() + kEndNs;
  while (process_.Running() && NowNs() < end_ns) {
    Wait(kLookMs);
    KeepAllPrinted();
  }
  KillGroup();
}

void Program::FailEnded() {
  spec_.owner_fd = -1;
  // What closed its channel may still have something to say.
  const std::int64_t end_ns = NowNs() + kEndNs;
  while (process_.Running() && NowNs() < end_ns) {
    Wait(kLookMs);
    KeepAllPrinted();
  }
  Wait(0);
  KeepAllPrinted();
  if (process_.Running()) Fail("closed its end of the channel");
  const int status = process_.Wait();
  Fail(WIFEXITED(status) && WEXITSTATUS(status) == 0
           ? "ended before it was told to"
           : DescribeWaitStatus(status));
}

void Program::Fail(std::string_view what) {
  KillGroup();
  const std::string words = printed_.LastWords();
  throw ProgramError(fmt::format("{}: {}{}{}", CommandName(spec_.words), what,
                                 words.empty() ? "" : "; it printed: ", words));
}

}  // namespace hybrid
