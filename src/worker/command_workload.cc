#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <thread>
#include <utility>

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
  CommandWorkload(const Key& key, const WorkerArguments& arguments)
      : key_(key), arguments_(arguments) {
    AdoptOrphans();
  }

  ~CommandWorkload() override {
    runner_.reset();
    KillStrays({});
  }

  ReadyReport GetReady(const WorkerSlot&) override {
    const std::int64_t begin_ns = NowNs();
    runner_ = MakeCommandRunner(
        key_, static_cast<std::uint64_t>(arguments_.slot), arguments_);
    ReadyReport report;
    report.warm_up_ns = NowNs() - begin_ns;
    ReportLibrary(report);
    ReportMask(report);
    return report;
  }

  std::unique_ptr<TaskRunner> MakeRunner(std::size_t) override {
    running_ = runner_.get();
    return std::move(runner_);
  }

  /// Nobody asks how much CPU time a program used: it may wait for other
  /// things.
  void BeginBatch() override {}
  void EndBatch(BatchReport&) override {
    // What the processes of this batch left must not run in the next. What a
    // program that lives has started is its own, but for zombies.
    if (running_->pid()) {
      ReapOrphans(running_->pid());
    } else {
      KillStrays({});
    }
  }

  /// Of a program that lives: processes that come and go can't be told from
  /// threads of one.
  ThreadReport Prove(TaskSource&, TaskRunner& runner) override {
    if (!running_->pid()) return {};
    const auto operate = [&runner] {
      runner.Operate({.first = 0, .count = runner.first_chunk()});
    };
    // It has just done batches at this n.
    std::this_thread::sleep_for(kThreadsSleep);
    return ProveTreeThreads(getpid(), key_.blas_threads, operate);
  }

  void Finish() override {
    if (running_ != nullptr) running_->Finish();
  }

 private:
  /// What the program says of its BLAS, or what its files tell.
  void ReportLibrary(ReadyReport& report) const {
    report.blas_version = runner_->blas();
    for (const MappedLibrary& library : MappedLibraries(getpid())) {
      if (library.role != LibraryRole::kBlas) continue;
      report.blas_family = library.family;
      report.blas_file = library.file;
      if (runner_->blas().empty()) report.blas_version = library.version;
      return;
    }
  }

  const Key& key_;
  const WorkerArguments& arguments_;
  std::unique_ptr<CommandRunner> runner_;
  CommandRunner* running_ = nullptr;
};

}  // namespace

std::unique_ptr<Workload> MakeCommandWorkload(
    const Key& key, const WorkerArguments& arguments) {
  return std::make_unique<CommandWorkload>(key, arguments);
}

}  // namespace hybrid
