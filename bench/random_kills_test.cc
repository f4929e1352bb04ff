// Sweeps of a command of which something is killed at a random moment: the
// command, what it started, a worker, or bench.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/parse_number.h"
#include "results/csv_reader.h"
#include "test_bench.h"
#include "test_marked.h"

namespace hybrid {
namespace {

using ::testing::AnyOf;
using ::testing::IsEmpty;

// With sanitizers everything takes several times as long.
#ifdef __SANITIZE_ADDRESS__
constexpr int kUsualKills = 4;
#else
constexpr int kUsualKills = 12;
#endif
constexpr std::size_t kConfigurations = 4;
constexpr std::size_t kRunRepetitions = 2;

/// A number that the environment may set.
template <typename Number>
Number Setting(const char* name, Number usual) {
  const char* const text = std::getenv(name);
  return text == nullptr ? usual : ParseNumber<Number>(text).value_or(usual);
}

enum class Victim { kCommand, kBelow, kWorker, kBench };

bool Is(const Marked::Process& process, Victim victim) {
  const std::string_view command = process.command;
  switch (victim) {
    case Victim::kCommand:
      // Bench has it among its arguments.
      return command.substr(0, command.find(' ')).ends_with("sh") &&
             command.find(" job.sh ") != std::string_view::npos;
    case Victim::kBelow:
      return command.starts_with("sleep 1000");
    case Victim::kWorker:
      return command.find("/hybrid-worker --") != std::string_view::npos;
    case Victim::kBench:
      break;
  }
  return false;
}

std::string_view TextOf(Victim victim) {
  constexpr std::string_view kTexts[] = {"command", "below it", "worker",
                                         "bench"};
  return kTexts[static_cast<int>(victim)];
}

/// One program that serves both workers.
constexpr const char* kThreadsJob = "threads";

/// Leaves children in its own group and in sessions of their own, and these
/// have its streams.
constexpr std::string_view kJob =
    "leave() { setsid sleep 1000 & sleep 1000 & }\n"
    "work() { i=0; while test $i -lt 5000; do i=$((i + 1)); done; }\n"
    "serve() { while read -r word first count more; do\n"
    "  case $word in run) leave; work; echo done $count;; esac\n"
    "done; }\n"
    "case $1 in second) serve; exit;; esac\n"
    "leave\n"
    "case $1 in\n"
    "lines) echo ready hybridbench=1 >&4; serve <&3 >&4;;\n"
    // The second channel's must not look like the program itself.
    "threads) sh ./job.sh second <&5 >&6 & second=$!\n"
    "  echo ready hybridbench=1 lanes=2 >&4; serve <&3 >&4; wait $second;;\n"
    "filter) while read -r task; do work; echo $task; done;;\n"
    "*) work;;\n"
    "esac\n";

class RandomKillsTest : public BenchTest {
 protected:
  RandomKillsTest() { WriteFile(File("job.sh"), kJob); }

  struct Outcome {
    BenchResult result;
    bool has_killed = false;       ///< false: bench ended before
    std::vector<Row> rows_before;  ///< that stood in the file then
  };
  /// Lets bench run for `after_us`, then kills a `victim` as soon as there is
  /// one, and expects that nobody is left of all that was started.
  Outcome RunAndKill(const std::vector<std::string>& arguments, Victim victim,
                     useconds_t after_us) {
    Outcome outcome;
    BenchSettings settings;
    settings.environment = {marked_.variable()};
    BenchProcess bench(folder(), arguments, settings);
    usleep(after_us);
    // Bench itself may be at its end: then nobody is there to be killed.
    while (!outcome.has_killed && bench.Running()) {
      std::vector<Marked::Process> found = marked_.Find();
      std::erase_if(found, [&](const Marked::Process& process) {
        return victim == Victim::kBench ? process.pid != bench.pid()
                                        : !Is(process, victim);
      });
      if (found.empty()) continue;
      const std::size_t any = random_() % found.size();
      outcome.rows_before = FinishedRows();
      outcome.has_killed = kill(found[any].pid, SIGKILL) == 0;
    }
    outcome.result = bench.Wait();
    EXPECT_THAT(marked_.AwaitEnd(), IsEmpty()) << told_;
    return outcome;
  }

  std::vector<Row> FinishedRows() const {
    const std::string text = ReadFile(File("r.csv"));
    // A row is being written, or there is none.
    if (CountRows(File("r.csv")) == 0 || !text.ends_with('\n')) return {};
    return ReadCsv(File("r.csv"));
  }

  /// The configurations that stand in the file, each complete: all its
  /// repetitions, or an error at its end.
  std::map<Key, Status> Configurations() const {
    std::map<Key, std::vector<Status>> all;
    const std::vector<Row> rows = FinishedRows();
    for (const Row& row : rows) all[row].push_back(row.status);
    EXPECT_TRUE(AreDistinct(rows)) << told_;
    std::map<Key, Status> ended;
    for (const auto& [key, statuses] : all) {
      ended[key] = statuses.back();
      if (statuses.back() == Status::kOk) {
        EXPECT_EQ(statuses.size(), kRunRepetitions) << told_;
      }
    }
    return ended;
  }

  void ExpectKept(const std::vector<Row>& before) const {
    const std::vector<Row> now = FinishedRows();
    ASSERT_GE(now.size(), before.size()) << told_;
    for (std::size_t i = 0; i < before.size(); ++i) {
      EXPECT_EQ(static_cast<const Key&>(now[i]), before[i]) << told_;
      EXPECT_EQ(now[i].repetition, before[i].repetition) << told_;
      EXPECT_EQ(now[i].wall_s, before[i].wall_s) << told_;
    }
  }

  /// How long bench runs with `arguments` where nobody kills anything.
  useconds_t MeasureDuration(const std::vector<std::string>& arguments) const {
    BenchSettings settings;
    settings.environment = {marked_.variable()};
    const std::int64_t begin_ns = NowNs();
    EXPECT_EQ(Run(arguments, settings).exit_code(), 0);
    EXPECT_THAT(marked_.AwaitEnd(), IsEmpty());
    unlink(File("r.csv").c_str());
    return static_cast<useconds_t>((NowNs() - begin_ns) / 1000);
  }

  void KillOnce(Victim victim, const std::string& protocol);
  void Resume(std::vector<std::string> flags);

  Marked marked_;
  std::mt19937 random_;
  std::string told_;                                ///< of this kill
  std::map<std::string, useconds_t> durations_us_;  ///< by protocol
  std::map<std::string, int> counts_;
};

void RandomKillsTest::KillOnce(Victim victim, const std::string& protocol) {
  unlink(File("r.csv").c_str());
  std::vector<std::string> flags =
      Override({"--benchmark_filter=Hybrid", "--benchmark_min_time=0.01",
                "--benchmark_repetitions=2", "--workers=1,2",
                "--blas_threads=1", "--cap=600", "--ceilings=none", "--batch=4",
                "--env=MODE=a,b", "--rerun_noisy=0"},
               {"--command=sh job.sh " + protocol});
  if (protocol == kThreadsJob) {
    // A shell binds no thread.
    flags.insert(flags.end(),
                 {"--engine=threads", "--protocol=lines", "--pin=none"});
  } else {
    flags.push_back("--protocol=" + protocol);
  }
  std::vector<std::string> start = flags;
  start.push_back("--csv=r.csv");
  // From the first start to the last batch.
  const auto [known, is_first] = durations_us_.try_emplace(protocol);
  if (is_first) known->second = MeasureDuration(start);
  std::uniform_int_distribution<useconds_t> moment(0, known->second);
  const Outcome outcome = RunAndKill(start, victim, moment(random_));
  ++counts_[fmt::format("{}: {}", TextOf(victim),
                        outcome.has_killed ? "killed" : "had ended before")];
  if (!outcome.has_killed) {
    EXPECT_EQ(outcome.result.exit_code(), 0) << told_ << outcome.result.err;
  } else if (victim == Victim::kBench) {
    Resume(flags);
  }
  ExpectKept(outcome.rows_before);
  const std::map<Key, Status> ended = Configurations();
  EXPECT_EQ(ended.size(), kConfigurations) << told_ << outcome.result.err;
  const auto failed =
      std::count_if(ended.begin(), ended.end(),
                    [](const auto& one) { return one.second != Status::kOk; });
  if (!outcome.has_killed || victim == Victim::kBench) {
    EXPECT_EQ(failed, 0) << told_;
    return;
  }
  // It costs its configuration, or nothing where nobody needed it any more.
  EXPECT_LE(failed, 1) << told_ << outcome.result.err;
  EXPECT_THAT(outcome.result.exit_code(), AnyOf(0, 1)) << told_;
  if (failed == 0) return;
  EXPECT_EQ(outcome.result.exit_code(), 1) << told_;
  ++counts_[fmt::format("{}: cost its configuration", TextOf(victim))];
}

void RandomKillsTest::Resume(std::vector<std::string> flags) {
  // Killed before there was a file.
  const bool has_file = access(File("r.csv").c_str(), F_OK) == 0;
  flags.push_back(has_file ? "--resume=r.csv" : "--csv=r.csv");
  BenchSettings settings;
  settings.environment = {marked_.variable()};
  const BenchResult resumed = Run(flags, settings);
  EXPECT_EQ(resumed.exit_code(), 0) << told_ << resumed.err;
  EXPECT_THAT(marked_.AwaitEnd(), IsEmpty()) << told_;
}

// HYBRID_TEST_KILLS=100 for more, HYBRID_TEST_SEED for the same once more.
TEST_F(RandomKillsTest, NobodyIsLeftAndNothingIsLost) {
  const auto seed =
      Setting<unsigned>("HYBRID_TEST_SEED", std::random_device()());
  const int kills = Setting("HYBRID_TEST_KILLS", kUsualKills);
  std::cout << "seed " << seed << "\n";
  random_.seed(seed);
  const std::vector<std::string> protocols{"lines", "filter", "once", "whole",
                                           kThreadsJob};
  for (int i = 0; i < kills && !HasFailure(); ++i) {
    // Each of them, each time with another protocol.
    const auto victim = static_cast<Victim>(i % 4);
    const std::string& protocol =
        protocols[static_cast<std::size_t>(i + i / 4) % protocols.size()];
    told_ = fmt::format("kill {} ({}, {}) of seed {}\n", i, TextOf(victim),
                        protocol, seed);
    KillOnce(victim, protocol);
  }
  for (const auto& [what, count] : counts_) {
    std::cout << fmt::format("{:3} × {}\n", count, what);
  }
}

}  // namespace
}  // namespace hybrid
