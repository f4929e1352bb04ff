#include "pool/local_group.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <limits>
#include <system_error>
#include <thread>
#include <utility>

#include "base/clock.h"
#include "base/contains.h"
#include "base/strays.h"
#include "base/text_file.h"
#include "blas/library_table.h"
#include "counters/mapped_libraries.h"
#include "counters/process_tree.h"
#include "operation/operation.h"
#include "pool/environment.h"
#include "pool/expectation.h"
#include "pool/python_helper.h"

namespace hybrid {
namespace {

// A worker that waits spins this long before it sleeps: an idle wake-up takes
// ten times what the gate takes for one that spins. Longer does not pay, since
// between two batches of a benchmark the parent needs some ten microseconds.
constexpr std::int64_t kSpinNs = 50000;

/// Memory of all workers for `stride` numbers of each task, if there are any.
std::optional<SharedMemory> Arena(const char* name, const Key& key,
                                  std::size_t stride) {
  if (stride == 0) return std::nullopt;
  return SharedMemory(name, key.batch * stride * BytesOf(key.precision));
}

std::optional<SharedMemory> OperandArena(const Key& key, const Layout& layout) {
  if (key.data != Data::kResident) return std::nullopt;
  return Arena("hybridbench-operands", key, layout.operands_stride);
}

std::optional<SharedMemory> ProductArena(const Key& key, const Layout& layout) {
  if (key.collect != Collect::kShared) return std::nullopt;
  return Arena("hybridbench-products", key, layout.product_stride);
}

/// `OpenBLAS 0.3.21 (/usr/lib/…/libopenblas.so.0)`; of a program that has
/// mapped none `the program`.
std::string LibraryText(const PoolStart& start) {
  if (start.blas_file.empty()) return "the program";
  return fmt::format("{}{}{} ({})", FamilyNamed(start.blas_family).title,
                     start.blas_version.empty() ? "" : " ", start.blas_version,
                     start.blas_file);
}

/// What all processes of the group get.
std::vector<std::string> EnvironmentOf(const Key& key,
                                       const PoolSettings& settings) {
  const auto threads = static_cast<unsigned>(key.blas_threads);
  if (!key.runs_command()) {
    return WorkerEnvironment(settings.environment, threads, settings.blas,
                             settings.kernels_setting);
  }
  const CommandVariables command{
      .keep = settings.command.keep_env,
      .set = key.environment,
      .python_helper = PythonHelperFolder().value_or(""),
      .whole = key.is_whole()};
  return CommandEnvironment(settings.environment, threads, settings.blas,
                            command)
      .kept;
}

int DescriptorOf(const std::optional<SharedMemory>& arena) {
  return arena ? arena->fd() : -1;
}

}  // namespace

LocalGroup::LocalGroup(const Key& key, PoolSettings settings) try
    : key_(key),
      control_(key),
      layout_(LayoutOf(OperationNamed(key.operation), ShapeOf(key))),
      operands_(OperandArena(key, layout_)),
      products_(ProductArena(key, layout_)),
      strays_(key.runs_command()),
      crew_(control_.slots(), key.processes(), key.runs_command(),
            std::move(settings)),
      allowances_(key, crew_.settings(), std::thread::hardware_concurrency()) {
  control_.block().spin_ns = crew_.settings().oversubscribed ? 0 : kSpinNs;
  Start();
  Issue(Command::kPrepare);
  Await("while making its data", allowances_.Prepare());
} catch (const std::system_error& error) {
  // Shared memory that the system does not give.
  throw PoolError(error.what());
}

LocalGroup::Strays::Strays(bool are_possible) : are_possible_(are_possible) {
  if (are_possible_) AdoptOrphans();
}

LocalGroup::Strays::~Strays() {
  Kill();
  if (are_possible_) DisownOrphans();
}

void LocalGroup::Strays::Kill() const {
  if (are_possible_) KillStrays({});
}

void LocalGroup::Start() {
  // `ready` is the first thing that workers say they have completed.
  sequence_ = 1;
  control_.block().pending.store(static_cast<std::uint32_t>(key_.claimants()));
  control_.block().command.store(sequence_ << 8);
  const std::int64_t launch_ns = NowNs();
  crew_.Start({.control_fd = control_.fd(),
               .operands_fd = DescriptorOf(operands_),
               .products_fd = DescriptorOf(products_)},
              EnvironmentOf(key_, crew_.settings()));
  // A program may sleep until it is ready. Its worker knows how long.
  const double idle_s =
      key_.runs_command() ? crew_.settings().command.start_timeout_s : 0;
  try {
    start_.late_s = Await("before it was ready", allowances_.Start(), idle_s);
  } catch (const PoolOvertime& error) {
    if (!key_.runs_command()) throw;
    throw PoolError(
        fmt::format("{}; where it needs longer for its start and a first task, "
                    "--start_timeout gives it",
                    error.what()));
  }
  start_.start_s = NsToSeconds(NowNs() - launch_ns);
  for (std::size_t i = 0; i < crew_.size(); ++i) CheckReady(i);
  const ReadyReport& first = control_.slots()[0].ready;
  start_.blas_family = first.blas_family.view();
  start_.blas_file = first.blas_file.view();
  start_.blas_version = first.blas_version.view();
  start_.blas_threading = first.blas_threading.view();
  start_.kernels = first.kernels.view();
  start_.integer_bits = static_cast<int>(first.integer_bits);
  start_.most_threads = first.most_threads;
  start_.has_lapack = first.has_lapack;
  start_.batched_call = first.batched_call.view();
  if (first.flops > 0) start_.program_flops = first.flops;
  if (key_.runs_command()) {
    start_.library_asked = crew_.settings().blas.library;
  }
}

void LocalGroup::CheckReady(std::size_t worker) {
  const ReadyReport& report = control_.slots()[worker].ready;
  start_.warm_up_s = std::max(start_.warm_up_s, NsToSeconds(report.warm_up_ns));
  Expectation expectation = crew_.settings().expectation;
  const std::vector<std::vector<int>>& cpus = crew_.settings().cpus;
  if (!cpus.empty()) expectation.cpus = cpus[worker];
  const std::optional<std::string> mismatch =
      FindMismatch(report, control_.slots()[0].ready, expectation);
  if (mismatch) {
    throw PoolError(fmt::format("{} is not what was asked for: {}",
                                crew_.Describe(worker), *mismatch));
  }
}

BatchTiming LocalGroup::RunBatch(double cap_s) {
  BatchTiming timing = Run(cap_s, {.first = {.first = 0, .count = key_.batch}});
  timing.capped |= timing.tasks_done < key_.batch;
  return timing;
}

BatchTiming LocalGroup::RunFed(double cap_s, const TaskFeed& feed) {
  return Run(cap_s, feed);
}

BatchTiming LocalGroup::Run(double cap_s, const TaskFeed& feed) {
  ControlBlock& block = control_.block();
  const std::int64_t gate_ns = NowNs();
  block.deadline_ns =
      gate_ns + static_cast<std::int64_t>(1e9 * std::min(cap_s, 1e8));
  Issue(Command::kBatch, feed);
  Attendance attendance;
  if (feed.attend) {
    attendance = {.fd = feed.fd, .attend = [&] {
                    feed.attend(block.tickets);
                    crew_.RingSleepers();
                  }};
  }
  double late_s = 0;
  try {
    late_s = Await("in mid-batch", allowances_.Batch(cap_s), 0, attendance);
  } catch (const PoolOvertime&) {
    // Threads that spin for others which have no CPU can take seconds for what
    // takes milliseconds, and nobody knows what a task of a command takes: that
    // is slow, and no fault.
    if (!crew_.settings().oversubscribed && !key_.runs_command()) throw;
    return KillInMidBatch(gate_ns);
  }
  BatchTiming timing = Collect(gate_ns);
  timing.late_s = late_s;
  longest_batch_s_ = std::max(longest_batch_s_, timing.wall_s);
  tasks_since_taken_ += timing.tasks_done;
  // It could not be stopped: once is enough of what takes so long.
  timing.capped = key_.engine == Engine::kBatched && timing.wall_s > cap_s;
  return timing;
}

/// Workers count their tasks as they go, so that it is known what they did.
BatchTiming LocalGroup::KillInMidBatch(std::int64_t gate_ns) {
  crew_.Kill();
  strays_.Kill();
  was_killed_ = true;
  std::uint64_t tasks = 0;
  for (const WorkerSlot& slot : control_.slots()) {
    tasks += slot.latencies.count();
  }
  BatchTiming timing;
  timing.wall_s = NsToSeconds(NowNs() - gate_ns);
  timing.tasks_done = tasks - tasks_since_taken_;
  timing.capped = true;
  return timing;
}

bool LocalGroup::Verify() {
  if (was_killed_) return false;
  Issue(Command::kVerify);
  Await("while verifying", allowances_.Verify(longest_batch_s_));
  bool checked = false;
  for (std::size_t i = 0; i < crew_.size(); ++i) {
    const VerifyReport& report = control_.slots()[i].verify;
    checked |= report.checked > 0;
    if (report.checked == 0 || report.worst_ratio <= 1) continue;
    throw PoolError(fmt::format(
        "{} made a wrong result of task {}: row {} is off by {:.3g} times "
        "the bound of its check",
        crew_.Describe(i), report.task, report.worst_row, report.worst_ratio));
  }
  return checked;
}

std::optional<ThreadsSeen> LocalGroup::ProveThreads() {
  // What it does elsewhere is not seen from here.
  if (is_spread()) return std::nullopt;
  if (has_proved_) return threads_;
  has_proved_ = true;
  Issue(Command::kProveThreads);
  Await("while its threads were counted", allowances_.Prove(longest_batch_s_));
  for (const WorkerSlot& slot : control_.slots()) NoteProgram(slot.program);
  for (std::size_t i = 0; i < crew_.size(); ++i) {
    const ThreadReport& report = control_.slots()[i].threads;
    if (report.threads == 0) continue;
    if (!report.excess.view().empty()) {
      throw PoolError(fmt::format("{}: {} {}, where {} {} asked for",
                                  crew_.Describe(i), LibraryText(start_),
                                  report.excess.view(), key_.blas_threads,
                                  key_.blas_threads == 1 ? "was" : "were"));
    }
    if (!threads_) threads_ = {report.threads, report.cpu_share};
    threads_->threads =
        std::min<std::uint64_t>(threads_->threads, report.threads);
    threads_->cpu_share = std::min(threads_->cpu_share, report.cpu_share);
  }
  return threads_;
}

void LocalGroup::NoteProgram(const ProgramReport& report) {
  if (report.peak_bytes > program_.peak_bytes.value_or(0)) {
    program_.peak_bytes = report.peak_bytes;
  }
  std::vector<MappedLibrary>& all = program_.libraries;
  for (const std::string_view file :
       text_file::Parts(report.libraries.view(), '\n')) {
    const auto library = LibraryOfFile(file);
    if (library && !Contains(all, *library)) all.push_back(*library);
  }
  std::sort(all.begin(), all.end());
}

GroupCounters LocalGroup::Counters() {
  if (is_spread()) {
    GroupCounters unknown;
    unknown.workers.resize(key_.processes());
    return unknown;
  }
  if (!system_) system_.emplace(crew_.settings().shared_cpus);
  GroupCounters counters;
  for (const pid_t pid : crew_.pids()) {
    // The worker of a command only waits for the program that it started.
    counters.workers.push_back(key_.runs_command() ? ReadTreeCounters(pid)
                                                   : ReadProcessCounters(pid));
  }
  if (was_killed_) counters.workers.resize(key_.processes());
  counters.own = ReadProcessCounters(getpid());
  counters.system = system_->Read();
  return counters;
}

LatencyHistogram LocalGroup::TakeLatencies() {
  tasks_since_taken_ = 0;
  LatencyHistogram all;
  for (WorkerSlot& slot : control_.slots()) {
    all.Add(std::exchange(slot.latencies, {}));
  }
  return all;
}

template <typename Real>
std::span<const Real> LocalGroup::Product(std::uint64_t task) const {
  const auto* arena = static_cast<const Real*>(products_.value().data());
  return {arena + task * layout_.product_stride, layout_.product_numbers};
}
template std::span<const double> LocalGroup::Product(std::uint64_t) const;
template std::span<const float> LocalGroup::Product(std::uint64_t) const;

void LocalGroup::Issue(Command command) {
  Issue(command, {.first = {.first = 0, .count = key_.batch}});
}

/// Everything written to the block before this is seen by the workers.
void LocalGroup::Issue(Command command, const TaskFeed& feed) {
  ControlBlock& block = control_.block();
  block.tickets.Begin(feed.low_water);
  block.tickets.Add(feed.first);
  if (!feed.attend) block.tickets.Close();
  block.pending.store(static_cast<std::uint32_t>(key_.claimants()),
                      std::memory_order_relaxed);
  ++sequence_;
  block.command.store(sequence_ << 8 | static_cast<std::uint64_t>(command));
  crew_.RingSleepers();
}

double LocalGroup::Await(std::string_view when, double allowance_s,
                         double idle_s, const Attendance& attendance) {
  // What waits here for other hosts' work is no hang.
  if (is_spread()) idle_s = std::numeric_limits<double>::infinity();
  return crew_.Await(control_.block().pending, sequence_, when, allowance_s,
                     idle_s + crew_.settings().hang_timeout_s, attendance);
}

BatchTiming LocalGroup::Collect(std::int64_t gate_ns) const {
  BatchTiming timing;
  for (const WorkerSlot& slot : control_.slots()) {
    const BatchReport& report = slot.batch;
    timing.wall_s =
        std::max(timing.wall_s, NsToSeconds(report.finish_ns - gate_ns));
    timing.gate_s =
        std::max(timing.gate_s, NsToSeconds(report.begin_ns - gate_ns));
    timing.tasks_done += report.tasks;
    timing.cpu_s += NsToSeconds(report.cpu_ns);
    timing.workers.push_back({.load_s = NsToSeconds(report.load_ns),
                              .operate_s = NsToSeconds(report.operate_ns),
                              .starved_s = NsToSeconds(report.starved_ns),
                              .tasks = report.tasks});
  }
  return timing;
}

}  // namespace hybrid
