#include "worker/command_runner.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/cpu_ranges.h"
#include "base/placeholders.h"
#include "base/process_list.h"
#include "base/shell_words.h"
#include "base/strays.h"
#include "base/text.h"
#include "worker/own_mask.h"
#include "worker/program.h"
#include "worker/program_lines.h"
#include "worker/tree_watch.h"

namespace hybrid {
namespace {

/// A round trip to the program takes 5 µs, and up to 110 µs where both had gone
/// to sleep on cores of their own; a range of this length makes that less than
/// a percent.
constexpr std::int64_t kLongRangeNs = 15'000'000;
constexpr std::uint64_t kMostTasksOfARange = 65536;
/// Of a filter all lines of a range must fit into a pipe, or both would wait.
constexpr std::uint64_t kMostLinesAhead = 2048;

/// A start that takes this long is looked at while it does its tasks, which are
/// timed, until that is told. A shorter one is made once more for that.
constexpr std::int64_t kLongStartNs = 5'000'000'000;
/// The first look then: a program takes longer to load its libraries.
constexpr std::int64_t kFirstLookNs = 1'000'000;
/// Between looks at a timed start passes so many times what one took.
constexpr std::int64_t kLookRests = 1000;

/// A fact of its configuration that a program may know.
struct Fact {
  std::string_view placeholder;
  std::string_view name;  ///< in `config`, and in the environment
  std::uint64_t value;
};

/// What only a program knows what to do with that makes its own workers.
std::vector<Fact> WholeFactsOf(const Key& key) {
  if (!key.is_whole()) return {};
  return {{"host_count", "host_count", key.host_count},
          {"all_workers", "all_workers", key.split().all_workers()}};
}

std::vector<Fact> FactsOf(const Key& key, std::uint64_t slot) {
  return {{"workers", "workers", key.workers},
          {"worker", "index", slot},
          {"blas_threads", "blas_threads", key.blas_threads},
          {"n", "n", key.n},
          {"batch", "batch", key.batch},
          {"seed", "seed", key.seed}};
}

/// Of all commands of a worker.
struct Launching {
  Launching(const Key& key, std::uint64_t slot,
            const WorkerArguments& arguments)
      : folder(arguments.working_directory), owner_fds(arguments.doorbell_fds) {
    for (char** variable = environ; *variable != nullptr; ++variable) {
      // Ours are set below; of two some programs take the first.
      if (!std::string_view(*variable).starts_with("HYBRIDBENCH_")) {
        environment.emplace_back(*variable);
      }
    }
    environment.push_back(fmt::format("HYBRIDBENCH_PROTOCOL={}", key.protocol));
    for (const Fact& fact : FactsOf(key, slot)) Tell(fact);
    for (const Fact& fact : WholeFactsOf(key)) Tell(fact);
    if (key.is_whole()) values.emplace("hosts", arguments.hosts);
  }

  ProgramSpec SpecOf(const std::string& command,
                     const PlaceholderValues& more = {}) const {
    PlaceholderValues all = values;
    all.insert(more.begin(), more.end());
    ProgramSpec spec{{}, environment, folder, {owner_fds.front()}};
    for (const std::string& word : SplitWords(command)) {
      spec.words.push_back(Fill(word, all));
    }
    return spec;
  }

  void Tell(const Fact& fact) {
    values.emplace(fact.placeholder, fmt::format("{}", fact.value));
    std::string upper(fact.name);
    std::transform(upper.begin(), upper.end(), upper.begin(), ToUpper);
    environment.push_back(fmt::format("HYBRIDBENCH_{}={}", upper, fact.value));
  }

  static char ToUpper(char letter) {
    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 32)
                                          : letter;
  }

  std::string folder;
  std::vector<int> owner_fds;
  std::vector<std::string> environment;
  PlaceholderValues values;
};

/// Ranges grow until the way to the program and back costs nothing beside them.
class RangeLength {
 public:
  explicit RangeLength(std::uint64_t most) : most_(most) {}

  std::uint64_t most() const { return most_; }
  std::uint64_t first() const { return first_; }
  void Note(std::uint64_t tasks, std::int64_t took_ns) {
    const std::int64_t each_ns =
        std::max<std::int64_t>(1, took_ns / static_cast<std::int64_t>(tasks));
    first_ = std::clamp<std::uint64_t>(
        static_cast<std::uint64_t>(kLongRangeNs / each_ns), 1, most_);
  }

 private:
  std::uint64_t most_;
  std::uint64_t first_ = 1;
};

/// A program that lives through all batches and does ranges of tasks; several
/// workers may share it.
class LivingRunner : public CommandRunner {
 public:
  LivingRunner(std::shared_ptr<Program> program, std::size_t lane,
               std::uint64_t most_tasks)
      : program_(std::move(program)), lane_(lane), length_(most_tasks) {}

  std::uint64_t max_chunk() const override { return length_.most(); }
  std::uint64_t first_chunk() const override { return length_.first(); }
  std::int64_t long_enough_ns() const override { return kLongRangeNs; }
  std::optional<pid_t> pid() const override { return program_->pid(); }
  std::size_t lane() const override { return lane_; }
  void Finish() override { program_->Finish(lane_); }
  /// One tells what all who share the program would.
  ProgramReport Describe() override {
    if (lane_ > 0) return {};
    watch_.Look();
    return watch_.Report();
  }

  void Operate(const TaskRange& tasks) final {
    const std::int64_t begin_ns = NowNs();
    Do(tasks);
    const std::int64_t took_ns = NowNs() - begin_ns;
    length_.Note(tasks.count, took_ns);
    // What tasks leave behind must not fill the table of processes.
    if (took_ns > kLongRangeNs / 2) ReapOrphans(program_->pid());
    last_task_ = tasks.first + tasks.count - 1;
  }

 protected:
  virtual void Do(const TaskRange& tasks) = 0;
  Program& program() { return *program_; }
  std::optional<std::uint64_t> TakeLastTask() {
    return std::exchange(last_task_, {});
  }

 private:
  TreeWatch watch_;
  std::shared_ptr<Program> program_;
  std::size_t lane_;
  RangeLength length_;
  std::optional<std::uint64_t> last_task_;
};

/// What the program said is part of what is told of it.
template <typename Parse>
auto Parsed(Program& program, const Parse& parse, const std::string& line) try {
  return parse(line);
} catch (const std::runtime_error& error) {
  program.Fail(error.what());
}

/// Waits until `program` is ready for that many workers.
ReadyLine AwaitReady(Program& program, std::size_t lanes,
                     double start_timeout_s) {
  const auto line = program.AwaitFirst(IsReadyLine, start_timeout_s);
  if (!line) {
    program.Fail(fmt::format(
        "did not say `ready hybridbench=1` within {:g} s (--start_timeout): "
        "a program that takes a task number per line and answers with a line "
        "needs --protocol=filter, one to be started for each task "
        "--protocol=once",
        start_timeout_s));
  }
  ReadyLine ready = Parsed(program, ParseReady, *line);
  if (ready.lanes < lanes) {
    program.Fail(fmt::format(
        "serves {}, not {}: --engine=threads takes hybridbench.run of this "
        "build's hybridbench.py, or a program that says lanes={} in `ready`",
        Counted(ready.lanes, "channel"), lanes, lanes));
  }
  return ready;
}

/// The CPUs of `mask`, `0-3,8`.
std::string MaskText(const CpuMask& mask) {
  std::vector<int> cpus;
  for (std::size_t cpu = 0; cpu < 64 * mask.size(); ++cpu) {
    if ((mask[cpu / 64] >> (cpu % 64) & 1) != 0) {
      cpus.push_back(static_cast<int>(cpu));
    }
  }
  return CpuRanges(cpus);
}

/// Speaks the lines of program_lines.h.
class LinesRunner : public LivingRunner {
 public:
  LinesRunner(const Key& key, std::uint64_t place, std::size_t lane,
              std::shared_ptr<Program> program, ReadyLine ready)
      : LivingRunner(std::move(program), lane,
                     std::min(kMostTasksOfARange, key.batch)),
        facts_(FactsOf(key, place)),
        ready_(std::move(ready)) {}

  void WarmUp(const CpuMask& cpus) override {
    std::string config = "config";
    for (const Fact& fact : facts_) {
      config += fmt::format(" {}={}", fact.name, fact.value);
    }
    const std::string bound = MaskText(cpus);
    if (!bound.empty()) config += " cpus=" + bound;
    program().Send(config + '\n', lane());
    Do({.first = 0, .count = 1});
    if (!bound.empty() && !HasThreadOn(cpus)) {
      program().Fail(fmt::format(
          "none of its threads bound itself to CPUs {0}, as `config … "
          "cpus={0}` told it (--pin=none does without)",
          bound));
    }
  }

  std::string blas() const override { return ready_.blas; }
  double flops() const override { return ready_.flops; }
  bool verifies() const override { return ready_.verifies; }
  std::optional<Phases> phases() const override { return phases_; }

  VerifyReport Verify() override {
    const std::optional<std::uint64_t> task = TakeLastTask();
    if (!task || !verifies()) return {};
    program().Send(fmt::format("verify {}\n", *task), lane());
    const VerifiedLine verified =
        Parsed(program(), ParseVerified, program().Receive(lane()));
    if (verified.task != *task) {
      program().Fail(fmt::format("verified task {} where {} was asked for",
                                 verified.task, *task));
    }
    if (!verified.ok) {
      program().Fail(fmt::format("its result of task {} is wrong: {}", *task,
                                 verified.why));
    }
    return {.task = *task, .checked = 1};
  }

 private:
  void Do(const TaskRange& tasks) override {
    const std::int64_t begin_ns = NowNs();
    program().Send(fmt::format("run {} {}\n", tasks.first, tasks.count),
                   lane());
    const std::string line = program().Receive(lane());
    const std::int64_t took_ns = NowNs() - begin_ns;
    const DoneLine done = Parsed(program(), ParseDone, line);
    const std::int64_t operate_ns = done.operate_ns.value_or(0);
    if (done.load_ns > took_ns || operate_ns > took_ns - done.load_ns) {
      program().Fail(fmt::format(
          "said that {} tasks took longer than the {} ns that passed: '{}'",
          done.count, took_ns, OneLine(line)));
    }
    if (done.count != tasks.count) {
      program().Fail(
          fmt::format("said that {} tasks are done, where {} were "
                      "asked for",
                      done.count, tasks.count));
    }
    phases_.reset();
    if (done.operate_ns) {
      phases_ = Phases{done.load_ns, *done.operate_ns, done.max_ns};
    }
  }

  /// Whether a thread of the program, or of what it started, runs on `cpus`
  /// and nowhere else; true if the system doesn't tell.
  static bool HasThreadOn(const CpuMask& cpus) {
    bool is_told = false;
    for (const pid_t pid : Descendants(getpid())) {
      for (const pid_t tid : ThreadsOf(pid)) {
        const std::optional<CpuMask> mask = MaskOfThread(tid);
        if (mask == cpus) return true;
        is_told = is_told || mask.has_value();
      }
    }
    return !is_told;
  }

  std::vector<Fact> facts_;
  ReadyLine ready_;
  std::optional<Phases> phases_;
};

/// A line with the number of a task in, a line out.
class FilterRunner : public LivingRunner {
 public:
  FilterRunner(const Key& key, ProgramSpec spec, double start_timeout_s)
      : LivingRunner(std::make_shared<Program>(std::move(spec)), 0,
                     std::min(kMostLinesAhead, key.batch)) {
    program().UseStandardStreams();
    program().Send("0\n");
    const auto is_any = [](std::string_view) { return true; };
    if (!program().AwaitFirst(is_any, start_timeout_s)) {
      program().Fail(fmt::format(
          "answered the first task with no line within {:g} s "
          "(--start_timeout): does it flush its output after each line?",
          start_timeout_s));
    }
  }

  VerifyReport Verify() override { return {}; }

 private:
  void Do(const TaskRange& tasks) override {
    if (program().HasLine()) {
      program().Fail("printed more lines than it was given tasks");
    }
    std::string lines;
    for (std::uint64_t i = 0; i < tasks.count; ++i) {
      lines += fmt::format("{}\n", tasks.first + i);
    }
    program().Send(lines);
    for (std::uint64_t i = 0; i < tasks.count; ++i) program().ReceiveAny();
  }
};

/// A program that is started for its tasks and ends with them.
class StartingRunner : public CommandRunner {
 public:
  VerifyReport Verify() override { return {}; }

  ProgramReport Describe() override {
    if (!has_looked_) {
      Program(SpecOf({.first = 0, .count = 1}))
          .AwaitSuccess(
              [this] {
                Look();
                return std::int64_t{0};
              },
              kFirstLookNs);
    }
    has_told_ = true;
    return watch_.Report();
  }

 protected:
  virtual ProgramSpec SpecOf(const TaskRange& tasks) const = 0;
  /// This is timed.
  void Start(const TaskRange& tasks) {
    Program program(SpecOf(tasks));
    if (has_told_) {
      program.AwaitSuccess();
      return;
    }
    program.AwaitSuccess([this] { return kLookRests * Look(); },
                         std::max(kLongStartNs, kLookRests * last_look_ns_));
  }

 private:
  /// How long that took.
  std::int64_t Look() {
    const std::int64_t begin_ns = NowNs();
    watch_.Look();
    has_looked_ = true;
    return last_look_ns_ = NowNs() - begin_ns;
  }

  TreeWatch watch_;
  std::int64_t last_look_ns_ = 0;
  bool has_looked_ = false;
  bool has_told_ = false;
};

/// A process for each task, or, if it takes {count}, for each range.
class OnceRunner : public StartingRunner {
 public:
  OnceRunner(const Key& key, Launching launching)
      : command_(key.command),
        launching_(std::move(launching)),
        length_(TakesRanges(key.command)
                    ? std::min(kMostTasksOfARange, key.batch)
                    : 1) {}

  void WarmUp(const CpuMask&) override { Operate({.first = 0, .count = 1}); }

  std::uint64_t max_chunk() const override { return length_.most(); }
  std::uint64_t first_chunk() const override { return length_.first(); }
  std::int64_t long_enough_ns() const override { return kLongRangeNs; }

  void Operate(const TaskRange& tasks) override {
    const std::int64_t begin_ns = NowNs();
    Start(tasks);
    length_.Note(tasks.count, NowNs() - begin_ns);
    ReapOrphans({});
  }

 private:
  ProgramSpec SpecOf(const TaskRange& tasks) const override {
    return launching_.SpecOf(command_,
                             {{"task", fmt::format("{}", tasks.first)},
                              {"first", fmt::format("{}", tasks.first)},
                              {"count", fmt::format("{}", tasks.count)}});
  }

  static bool TakesRanges(const std::string& command) {
    for (const std::string& word : SplitWords(command)) {
      const std::vector<std::string> names = PlaceholdersIn(word);
      if (std::find(names.begin(), names.end(), "count") != names.end()) {
        return true;
      }
    }
    return false;
  }

  std::string command_;
  Launching launching_;
  RangeLength length_;
};

/// A process for each batch, which shares it out by itself.
class WholeRunner : public StartingRunner {
 public:
  WholeRunner(const Key& key, const Launching& launching)
      : batch_(key.batch), spec_(launching.SpecOf(key.command)) {}

  std::uint64_t max_chunk() const override { return batch_; }
  std::uint64_t first_chunk() const override { return batch_; }
  void Operate(const TaskRange& tasks) override { Start(tasks); }

 private:
  ProgramSpec SpecOf(const TaskRange&) const override { return spec_; }

  std::uint64_t batch_;
  ProgramSpec spec_;
};

/// What speaks lines, with the descriptors of its channels.
ProgramSpec LinesSpec(const Launching& launching, const Key& key,
                      std::size_t lanes) {
  ProgramSpec spec = launching.SpecOf(key.command);
  spec.owner_fds = launching.owner_fds;
  spec.environment.emplace_back("HYBRIDBENCH_FD=3,4");
  if (lanes == 1) return spec;
  // Apart, so that programs of one channel need know of none but the first.
  std::vector<int> others(2 * (lanes - 1));
  std::iota(others.begin(), others.end(), 5);
  spec.environment.push_back(
      fmt::format("HYBRIDBENCH_LANES_FD={}", fmt::join(others, ",")));
  return spec;
}

}  // namespace

std::vector<std::unique_ptr<CommandRunner>> MakeCommandRunners(
    const Key& key, const WorkerArguments& arguments, std::size_t lanes) {
  const auto first = static_cast<std::uint64_t>(arguments.slot);
  Launching launching(key, first, arguments);
  if (!arguments.prepare.empty()) {
    Program(launching.SpecOf(arguments.prepare)).AwaitSuccess();
  }
  std::vector<std::unique_ptr<CommandRunner>> runners;
  if (key.is_whole()) {
    runners.push_back(std::make_unique<WholeRunner>(key, launching));
  } else if (key.protocol == "once") {
    runners.push_back(std::make_unique<OnceRunner>(key, std::move(launching)));
  } else if (key.protocol == "filter") {
    runners.push_back(std::make_unique<FilterRunner>(
        key, launching.SpecOf(key.command), arguments.start_timeout_s));
  } else {
    const auto program =
        std::make_shared<Program>(LinesSpec(launching, key, lanes));
    const ReadyLine ready =
        AwaitReady(*program, lanes, arguments.start_timeout_s);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      runners.push_back(std::make_unique<LinesRunner>(key, first + lane, lane,
                                                      program, ready));
    }
  }
  return runners;
}

}  // namespace hybrid
