// A worker that fails where HYBRID_TEST_FAULT says, for the tests of the pool
// and of bench: only with the BLIS_ARCH_TYPE that HYBRID_TEST_FAULT_ARCH says,
// and only if it is the first to make the file HYBRID_TEST_FAULT_ONCE, where
// these are set. Everything else about it is the real worker.

#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "base/clock.h"
#include "protocol/worker_arguments.h"
#include "worker/worker.h"

namespace {

constexpr std::string_view kSlow = "slow_";

/// Burns `percent` of the time since `since_ns`.
void BurnPart(std::int64_t since_ns, double percent) {
  constexpr double kWhole = 100;
  const std::int64_t now_ns = hybrid::NowNs();
  const std::int64_t end_ns =
      now_ns + static_cast<std::int64_t>(
                   static_cast<double>(now_ns - since_ns) * percent / kWhole);
  while (hybrid::NowNs() < end_ns) {
  }
}

/// Fails at its first claim that finds a task; with the fault `slow_20` takes a
/// fifth longer for its tasks instead.
class FailingSource : public hybrid::TaskSource {
 public:
  FailingSource(std::unique_ptr<hybrid::TaskSource> source, std::string fault)
      : source_(std::move(source)), fault_(std::move(fault)) {}

  hybrid::TaskRange Claim(std::uint64_t max) override {
    if (claimed_ns_ > 0 && fault_.starts_with(kSlow)) {
      BurnPart(claimed_ns_, std::atof(fault_.c_str() + kSlow.size()));
    }
    const hybrid::TaskRange tasks = source_->Claim(max);
    claimed_ns_ = tasks.count == 0 ? 0 : hybrid::NowNs();
    if (tasks.count == 0) return tasks;
    if (fault_ == "exit3_mid_batch") _exit(3);
    if (fault_ == "segv_mid_batch") raise(SIGSEGV);
    if (fault_ == "sigkill_mid_batch") raise(SIGKILL);
    if (fault_ == "throw_mid_batch") throw std::bad_alloc();
    if (fault_ == "throw_in_second_thread" && gettid() != getpid()) {
      throw std::bad_alloc();
    }
    if (fault_ == "sleep_mid_batch") pause();
    if (fault_ == "spin_mid_batch") {
      for (volatile unsigned i = 0;;) i = i + 1;
    }
    return tasks;
  }

 private:
  std::unique_ptr<hybrid::TaskSource> source_;
  std::string fault_;
  std::int64_t claimed_ns_ = 0;  // 0: it has no tasks
};

/// By so much as every check finds of numbers of this size.
void MakeWrong(std::span<double> product) {
  if (!product.empty()) product.front() *= 1 + 1e-6;
}
void MakeWrong(std::span<float> product) {
  if (!product.empty()) product.front() *= 1.1F;
}

/// Makes this process's BLIS one that takes a single one of its threads.
void TakeOneThread() {
  using Setter = void (*)(std::int64_t);
  const auto set = reinterpret_cast<Setter>(
      dlsym(RTLD_DEFAULT, "bli_thread_set_num_threads"));
  if (set == nullptr) _exit(4);
  set(1);
}

void Rubbish() {
  for (int i = 0; i < 100000; ++i) {
    if (write(STDERR_FILENO, "rubbish\x01\n", 9) < 0) break;
  }
}

std::string Variable(const char* name) {
  const char* const value = std::getenv(name);
  return value != nullptr ? value : "";
}

/// The fault of this worker, if it is its turn to have one.
std::string Fault() {
  const std::string arch = Variable("HYBRID_TEST_FAULT_ARCH");
  if (!arch.empty() && arch != Variable("BLIS_ARCH_TYPE")) return "";
  const std::string once = Variable("HYBRID_TEST_FAULT_ONCE");
  if (!once.empty()) {
    const int fd =
        open(once.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (fd < 0) return "";
    close(fd);
  }
  return Variable("HYBRID_TEST_FAULT");
}

}  // namespace

int main(int argc, char** argv) {
  const std::span<char* const> arguments(argv + 1,
                                         static_cast<std::size_t>(argc - 1));
  if (argc > 2 && argv[1] == hybrid::kListKernels) {
    hybrid::ListKernels(hybrid::ParseBlasArguments(arguments.subspan(1)));
    return 0;
  }
  const std::string fault = Fault();
  // What OpenBLAS then takes by itself.
  if (fault == "prescott") setenv("OPENBLAS_CORETYPE", "PRESCOTT", 0);
  if (fault == "exit3_before_ready") {
    if (write(STDERR_FILENO, "no licence\n", 11) < 0) return 4;
    return 3;
  }
  if (fault == "segv_before_ready") raise(SIGSEGV);
  if (fault == "sigkill_before_ready") raise(SIGKILL);
  if (fault == "abort_before_ready") std::abort();
  if (fault == "sleep_before_ready") pause();
  if (fault == "rubbish") Rubbish();
  hybrid::WorkerHooks hooks;
  hooks.edit_report = [&fault](hybrid::ReadyReport& report) {
    if (fault == "one_thread") TakeOneThread();
    if (fault == "report_threads") report.threads = 7;
    if (fault == "report_threading") report.blas_threading = "pthread";
    if (fault == "report_mask") report.cpu_mask[0] ^= 1;
    if (fault == "report_kernels" && getpid() % 2 == 0) report.kernels = "even";
  };
  hooks.edit_product = [&fault](const hybrid::ProductNumbers& product) {
    if (fault != "wrong_product") return;
    // On the diagonal, which every operation writes.
    std::visit([](auto numbers) { MakeWrong(numbers); }, product);
  };
  hooks.wrap_source = [&fault](std::unique_ptr<hybrid::TaskSource> source) {
    return std::make_unique<FailingSource>(std::move(source), fault);
  };
  const int status =
      hybrid::RunWorker(hybrid::ParseWorkerArguments(arguments), hooks);
  return fault == "exit5_at_end" ? 5 : status;
}
