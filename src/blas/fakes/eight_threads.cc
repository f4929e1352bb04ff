// Computes every product on eight threads, whatever it was told.

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "blas/fakes/fake.h"

namespace fake {
namespace {

constexpr int kThreads = 8;

class Team {
 public:
  Team() {
    for (int i = 0; i < kThreads; ++i) {
      std::thread([this, i] { Work(i == 0); }).detach();
    }
  }

  void Run(const std::function<void(double* c)>& gemm, double* c,
           std::size_t size) {
    const std::scoped_lock one_at_a_time(callers_);
    std::unique_lock lock(mutex_);
    gemm_ = &gemm;
    c_ = c;
    size_ = size;
    working_ = kThreads;
    ++round_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return working_ == 0; });
  }

 private:
  /// All of them do all of the work, so that all are equally busy; one of them
  /// does it where the result is expected.
  [[noreturn]] void Work(bool counts) {
    for (int done = 0;; ++done) {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this, done] { return round_ > done; });
      std::vector<double> scratch(c_, c_ + size_);
      double* const target = counts ? c_ : scratch.data();
      lock.unlock();
      (*gemm_)(target);
      lock.lock();
      if (--working_ == 0) changed_.notify_all();
    }
  }

  std::mutex callers_;
  std::mutex mutex_;
  std::condition_variable changed_;
  const std::function<void(double* c)>* gemm_ = nullptr;
  double* c_ = nullptr;
  std::size_t size_ = 0;
  int round_ = 0;
  int working_ = 0;
};

}  // namespace

void RunGemm(const std::function<void(double* c)>& gemm, double* c,
             std::size_t size) {
  // Its threads never end: it may not either.
  static auto& team = *new Team;
  team.Run(gemm, c, size);
}

}  // namespace fake
