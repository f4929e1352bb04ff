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
#include "base/text.h"
#include "base/variables.h"
#include "worker/program_lines.h"

namespace hybrid {
namespace {

/// How often the program is looked at where its end can't be waited for.
constexpr int kLookMs = 20;
constexpr useconds_t kNearEndUs = 100;
/// How long it may take to end when nothing is left to do: interpreters run
/// handlers and free memory.
constexpr std::int64_t kEndNs = 2'000'000'000;
/// Of the first lane; the others' are behind it.
constexpr int kReadNumber = 3;
constexpr int kWriteNumber = 4;
constexpr std::size_t kShownBytes = 120;

/// The words of a command for messages.
std::string CommandName(const std::vector<std::string>& words) {
  std::string text = fmt::format("{}", fmt::join(words, " "));
  if (text.size() <= kShownBytes) return text;
  return fmt::format("{}…", text.substr(0, kShownBytes));
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
  if (auto found =
          FindInPath(VariableValue(environment, "PATH"), name, folder)) {
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

std::vector<Program::Lane> Program::MakeLanes(std::size_t count) {
  std::vector<Lane> lanes;
  for (std::size_t i = 0; i < count; ++i) {
    Pipes output = FromProgram();
    lanes.push_back({.input = ToProgram(),
                     .its_output = std::move(output.theirs),
                     .output = LineReader(std::move(output.ours))});
  }
  return lanes;
}

Program::Program(ProgramSpec spec)
    : spec_(std::move(spec)),
      pipes_{ToProgram(), FromProgram(), FromProgram()},
      lanes_(MakeLanes(spec_.owner_fds.size())),
      output_(std::move(pipes_[1].ours)),
      error_(std::move(pipes_[2].ours)),
      process_(Start()),
      end_(static_cast<int>(syscall(SYS_pidfd_open, process_.pid(), 0))) {
  for (Pipes& pipe : pipes_) pipe.theirs.Close();
  fcntl(pipes_[0].ours.get(), F_SETFL, O_NONBLOCK);
  for (Lane& lane : lanes_) {
    lane.input.theirs.Close();
    lane.its_output.Close();
    fcntl(lane.input.ours.get(), F_SETFL, O_NONBLOCK);
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
  for (std::size_t i = 0; i < lanes_.size(); ++i) {
    const int behind = 2 * static_cast<int>(i);
    launch.placed_fds.push_back(
        {lanes_[i].input.theirs.get(), kReadNumber + behind});
    launch.placed_fds.push_back(
        {lanes_[i].its_output.get(), kWriteNumber + behind});
  }
  launch.output_fd = pipes_[1].theirs.get();
  launch.error_fd = pipes_[2].theirs.get();
  try {
    return LaunchProcess(launch);
  } catch (const LaunchError& error) {
    throw ProgramError(error.what());
  }
}

Program::~Program() { KillGroup(); }

/// Its own children may have stayed in its group.
void Program::KillGroup() { kill(-process_.pid(), SIGKILL); }

void Program::Wait(Lock& lock, int timeout_ms, std::size_t lane) {
  const std::array<LineReader*, 3> readers{&output_, &error_,
                                           &lanes_[lane].output};
  std::array<pollfd, 5> polls{};
  for (std::size_t i = 0; i < readers.size(); ++i) {
    polls[i] = {readers[i]->at_end() ? -1 : readers[i]->fd(), POLLIN, 0};
  }
  // What the first lane waits for is not to be taken from under its poll.
  if (lane > 0 && IsStandard(0)) polls[0].fd = -1;
  polls[3] = {end_.get(), POLLIN, 0};
  // Of the owner only the end is of interest: a command for later may wait.
  polls[4] = {spec_.owner_fds[lane], 0, 0};
  if (!end_.valid()) timeout_ms = std::min(timeout_ms, kLookMs);
  lock.unlock();
  poll(polls.data(), polls.size(), timeout_ms);
  lock.lock();
  for (std::size_t i = 0; i < readers.size(); ++i) {
    if (polls[i].revents != 0) readers[i]->Fill();
  }
  KeepPrinted();
  if ((polls.back().revents & POLLHUP) != 0) FailOnce("bench is gone");
}

/// Whether it has ended; then all that it wrote was read. A child of its own
/// may keep the pipes open.
bool Program::HasEnded(Lock& lock, std::size_t lane) {
  if (process_.Running()) return false;
  Wait(lock, 0, lane);
  return true;
}

void Program::KeepPrinted() {
  printed_.Add(error_.TakeAll());
  if (channel_ == Channel::kOwn) printed_.Add(output_.TakeAll());
  if (channel_ == Channel::kStandard) {
    printed_.Add(lanes_.front().output.TakeAll());
  }
}

void Program::KeepAllPrinted() {
  printed_.Add(output_.TakeAll());
  for (Lane& lane : lanes_) printed_.Add(lane.output.TakeAll());
}

std::optional<std::string> Program::AwaitFirst(
    bool (*is_first)(std::string_view), double timeout_s) {
  Lock lock(mutex_);
  const std::int64_t end_ns =
      NowNs() + static_cast<std::int64_t>(std::min(timeout_s, 1e8) * 1e9);
  while (true) {
    const bool ended = HasEnded(lock);
    for (const Channel channel : {Channel::kOwn, Channel::kStandard}) {
      LineReader& reader =
          channel == Channel::kOwn ? lanes_.front().output : output_;
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
    if (ended) FailEnded(lock);
    const std::int64_t left_ns = end_ns - NowNs();
    if (left_ns <= 0) return std::nullopt;
    Wait(lock,
         static_cast<int>(std::min<std::int64_t>(left_ns / 1000000 + 1, 1000)));
  }
}

bool Program::HasLine() {
  Lock lock(mutex_);
  Wait(lock, 0);
  return ReaderOf(0).has_more();
}

void Program::Send(std::string_view text, std::size_t lane) {
  Lock lock(mutex_);
  while (!text.empty()) {
    const ssize_t size = write(InputOf(lane).get(), text.data(), text.size());
    if (size > 0) {
      text.remove_prefix(static_cast<std::size_t>(size));
    } else if (errno == EAGAIN && process_.Running()) {
      // It may have to be rid of what it wrote first.
      Wait(lock, 1, lane);
    } else if (errno != EINTR) {
      FailEnded(lock);
    }
  }
}

std::string Program::ReceiveAny() {
  Lock lock(mutex_);
  return ReceiveAny(lock, 0);
}

std::string Program::ReceiveAny(Lock& lock, std::size_t lane) {
  while (true) {
    const bool ended = HasEnded(lock, lane);
    LineReader& reader = ReaderOf(lane);
    try {
      if (auto line = reader.TakeLine()) return *std::move(line);
    } catch (const std::runtime_error& error) {
      FailOnce(error.what());
    }
    if (reader.at_end() || ended) FailEnded(lock);
    Wait(lock, 1000, lane);
  }
}

std::string Program::Receive(std::size_t lane) {
  Lock lock(mutex_);
  while (true) {
    std::string line = ReceiveAny(lock, lane);
    if (const auto why = BehindWord(line, "error")) {
      FailOnce(fmt::format("error: {}", *why));
    }
    const auto text = BehindWord(line, "log");
    if (!text) return line;
    printed_.Add(fmt::format("{}\n", *text));
  }
}

void Program::AwaitSuccess(const std::function<std::int64_t()>& look,
                           std::int64_t first_look_ns) {
  Lock lock(mutex_);
  pipes_[0].ours.Close();
  for (Lane& lane : lanes_) lane.input.ours.Close();
  const std::int64_t begin_ns = NowNs();
  std::int64_t next_ns = begin_ns + first_look_ns;
  while (process_.Running()) {
    // Nothing tells of its end then, which is near.
    const bool is_untold = !end_.valid() && output_.at_end() && error_.at_end();
    if (is_untold) usleep(kNearEndUs);
    if (look && NowNs() >= next_ns) {
      const std::int64_t rest_ns = look();
      const std::int64_t now_ns = NowNs();
      next_ns = now_ns + std::max((now_ns - begin_ns) / 4, rest_ns);
    }
    constexpr std::int64_t kLongestWaitNs = 1'000'000'000;
    const std::int64_t left_ns =
        look ? std::clamp<std::int64_t>(next_ns - NowNs(), 0, kLongestWaitNs)
             : kLongestWaitNs;
    Wait(lock, is_untold ? 0 : static_cast<int>(left_ns / 1'000'000) + 1);
    KeepAllPrinted();
  }
  Wait(lock, 0);
  KeepAllPrinted();
  if (process_.Wait() != 0) FailEnded(lock);
  KillGroup();
}

void Program::Finish(std::size_t lane) {
  Lock lock(mutex_);
  spec_.owner_fds[lane] = -1;
  if (lane == 0) pipes_[0].ours.Close();
  lanes_[lane].input.ours.Close();
  const bool is_last =
      std::none_of(lanes_.begin(), lanes_.end(),
                   [](const Lane& one) { return one.input.ours.valid(); });
  if (!is_last) return;
  AwaitEnd(lock);
  KillGroup();
}

/// Waits while it may end by itself.
void Program::AwaitEnd(Lock& lock) {
  const std::int64_t end_ns = NowNs() + kEndNs;
  while (process_.Running() && NowNs() < end_ns) {
    Wait(lock, kLookMs);
    KeepAllPrinted();
  }
}

/// Why it ends, where one of its lanes said so and nobody has received it.
std::optional<std::string> Program::TakeError() {
  for (std::size_t lane = 0; lane < lanes_.size(); ++lane) {
    ReaderOf(lane).Fill();
    const std::string rest = ReaderOf(lane).TakeAll();
    for (std::size_t begin = 0; begin < rest.size();) {
      const std::size_t end = std::min(rest.find('\n', begin), rest.size());
      const std::string line = rest.substr(begin, end - begin);
      begin = end + 1;
      if (const auto why = BehindWord(line, "error")) return std::string(*why);
      // Answers that nobody waits for any more tell nothing.
      if (BehindWord(line, "done") || BehindWord(line, "verified")) continue;
      printed_.Add(BehindWord(line, "log").value_or(line));
      if (end < rest.size()) printed_.Add("\n");
    }
  }
  return std::nullopt;
}

void Program::FailEnded(Lock& lock) {
  // A lane that fails ends all others.
  if (const auto why = TakeError()) FailOnce(fmt::format("error: {}", *why));
  std::fill(spec_.owner_fds.begin(), spec_.owner_fds.end(), -1);
  // What closed its channel may still have something to say.
  AwaitEnd(lock);
  Wait(lock, 0);
  KeepAllPrinted();
  if (process_.Running()) FailOnce("closed its end of the channel");
  const int status = process_.Wait();
  FailOnce(WIFEXITED(status) && WEXITSTATUS(status) == 0
               ? "ended before it was told to"
               : DescribeWaitStatus(status));
}

void Program::Fail(std::string_view what) {
  const Lock lock(mutex_);
  FailOnce(what);
}

void Program::FailOnce(std::string_view what) {
  KillGroup();
  if (!failure_) {
    failure_ = fmt::format("{}: {}{}", CommandName(spec_.words), what,
                           ItPrinted(printed_.text()));
  }
  throw ProgramError(*failure_);
}

}  // namespace hybrid
