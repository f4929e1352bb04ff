#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <latch>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/strays.h"
#include "counters/mapped_libraries.h"
#include "worker/command_runner.h"
#include "worker/own_mask.h"
#include "worker/tree_proof.h"
#include "worker/workload.h"

namespace hybrid {
namespace {

/// Intel's OpenMP lets threads without work spin for 200 ms.
constexpr std::chrono::milliseconds kThreadsSleep{210};

class CommandWorkload : public Workload {
 public:
  CommandWorkload(const Key& key, const WorkerArguments& arguments,
                  std::size_t lanes)
      : key_(key),
        arguments_(arguments),
        lanes_(lanes),
        warmed_up_(static_cast<std::ptrdiff_t>(lanes)) {
    AdoptOrphans();
  }

  ~CommandWorkload() override {
    runners_.clear();
    KillStrays({});
  }

  /// The first of several starts the program, and is not yet bound then: what
  /// is started has the CPUs of the thread that starts it.
  ReadyReport GetReady(std::size_t place, const WorkerSlot& slot) override {
    const std::int64_t begin_ns = NowNs();
    if (LaneOf(place) == 0) {
      runners_ = MakeCommandRunners(key_, arguments_, lanes_);
      program_ = runners_[0]->pid();
      started_.count_down();
    }
    started_.wait();
    BindThread(slot.cpus);
    const CommandRunner& runner = *runners_[LaneOf(place)];
    runners_[LaneOf(place)]->WarmUp(slot.cpus);
    ReadyReport report;
    report.warm_up_ns = NowNs() - begin_ns;
    report.flops = runner.flops();
    // What a first task loads is there for all by then.
    warmed_up_.arrive_and_wait();
    ReportLibrary(runner, report);
    ReportMask(report);
    return report;
  }

  std::unique_ptr<TaskRunner> MakeRunner(std::size_t place) override {
    return std::move(runners_[LaneOf(place)]);
  }

  /// Nobody asks how much CPU time a program used: it may wait for other
  /// things.
  void BeginBatch() override {}
  void EndBatch(BatchReport&) override { EndLeft(); }

  /// Of a program that lives: processes that come and go can't be told from
  /// threads of one. Of several workers the first and the last are looked at,
  /// one after the other: the program began with the first one's thread, and
  /// started all others as the last one's.
  ThreadReport Prove(TaskSource&, TaskRunner& runner) override {
    const std::size_t lane = static_cast<CommandRunner&>(runner).lane();
    if (!program_ || (lane > 0 && lane + 1 < lanes_)) return {};
    const auto operate = [&runner] {
      runner.Operate({.first = 0, .count = runner.first_chunk()});
    };
    const std::lock_guard turn(proving_);
    // It has just done batches at this n.
    std::this_thread::sleep_for(kThreadsSleep);
    return ProveTreeThreads(getpid(), key_.blas_threads, operate);
  }

  ProgramReport Describe(TaskRunner& runner) override {
    const ProgramReport report = static_cast<CommandRunner&>(runner).Describe();
    EndLeft();
    return report;
  }

  void Finish(TaskRunner& runner) override {
    static_cast<CommandRunner&>(runner).Finish();
  }

  void GiveUp() override {
    std::call_once(given_up_, [] { KillStrays({}); });
  }

 private:
  /// What the processes of a batch left must not run in the next. What a
  /// program that lives has started is its own, but for zombies.
  void EndLeft() const {
    if (program_) {
      ReapOrphans(program_);
    } else {
      KillStrays({});
    }
  }

  /// Of the workers in this process.
  std::size_t LaneOf(std::size_t place) const {
    return place - static_cast<std::size_t>(arguments_.slot);
  }

  /// What the program says of its BLAS, or what its files tell.
  static void ReportLibrary(const CommandRunner& runner, ReadyReport& report) {
    report.blas_version = runner.blas();
    for (const MappedLibrary& library : MappedLibraries(getpid())) {
      if (library.role != LibraryRole::kBlas) continue;
      report.blas_family = library.family;
      report.blas_file = library.file;
      if (runner.blas().empty()) report.blas_version = library.version;
      return;
    }
  }

  const Key& key_;
  const WorkerArguments& arguments_;
  std::size_t lanes_;
  std::vector<std::unique_ptr<CommandRunner>> runners_;
  std::optional<pid_t> program_;  ///< that lives through all batches
  std::latch started_{1};
  std::latch warmed_up_;
  std::mutex proving_;
  std::once_flag given_up_;
};

}  // namespace

std::unique_ptr<Workload> MakeCommandWorkload(const Key& key,
                                              const WorkerArguments& arguments,
                                              std::size_t lanes) {
  return std::make_unique<CommandWorkload>(key, arguments, lanes);
}

}  // namespace hybrid
