#include "cluster/agent.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <poll.h>

#include <algorithm>
#include <cstdint>
#include <deque>
#include <exception>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/variables.h"
#include "cluster/launch_plan.h"
#include "cluster/link.h"
#include "cluster/listener.h"
#include "cluster/low_water.h"
#include "cluster/messages.h"
#include "pool/environment.h"
#include "pool/local_group.h"
#include "pool/worker_settings.h"

namespace hybrid {
namespace {

constexpr int kWaitMs = 100;
/// How long an agent that was told of a batch spins for the gate: bench waits
/// for all hosts, of which one may be slow to wake.
constexpr std::int64_t kSpinNs = 20'000'000;
/// A new figure counts so much in a running mean.
constexpr double kNewShare = 0.25;

/// bench let the agent go.
struct Released {};

class Agent {
 public:
  Agent(Link link, const AgentSettings& settings, Machine machine)
      : link_(std::move(link)),
        settings_(settings),
        machine_(std::move(machine)) {}

  /// Until bench lets it go.
  void Serve() {
    link_.Send(Message::kHello, EncodeHello(OwnHello(machine_)));
    try {
      while (true) CarryOut(Next());
    } catch (const Released&) {
    }
  }

 private:
  /// The next message, however long it takes.
  Frame Next() {
    while (true) {
      if (std::optional<Frame> frame = Take()) return *std::move(frame);
      pollfd poll_link{
          .fd = link_.fd(), .events = link_.events(), .revents = 0};
      poll(&poll_link, 1, kWaitMs);
    }
  }

  /// The next message that is there, and a sign of life.
  std::optional<Frame> Take() {
    std::optional<Frame> frame;
    if (inbox_.empty()) {
      frame = link_.Receive();
    } else {
      frame = std::move(inbox_.front());
      inbox_.pop_front();
    }
    link_.Beat();
    return frame;
  }

  /// For who waits for workers: keeps the link alive, and says whether bench
  /// wants something else by now.
  bool LookAtLink() {
    // Attend does, and takes what is said for the batch.
    if (is_in_batch_) return false;
    try {
      while (std::optional<Frame> frame = link_.Receive()) {
        inbox_.push_back(*std::move(frame));
      }
      link_.Beat();
    } catch (const LinkError&) {
      lost_ = std::current_exception();
      return true;
    }
    return !inbox_.empty();
  }

  /// What bench asks for. A failure of the workers is told, and ends them.
  void CarryOut(const Frame& frame) try {
    Answer(frame);
  } catch (const PoolInterrupted&) {
    group_.reset();
    // Whatever it was, it is next.
    if (lost_) std::rethrow_exception(lost_);
  } catch (const PoolError& error) {
    Tell(error);
  } catch (const LinkError&) {
    throw;
  } catch (const std::exception& error) {
    Tell(PoolError(error.what()));
  }

  void Tell(const PoolError& error) {
    group_.reset();
    is_in_batch_ = false;
    link_.Send(Message::kFailed, EncodeFailure(error));
  }

  void Answer(const Frame& frame) {
    switch (frame.message) {
      case Message::kSurvey:
        link_.Send(Message::kMachine, EncodeMachine(machine_));
        return;
      case Message::kEcho:
        link_.Send(Message::kEchoed);
        return;
      case Message::kMeasure:
        MeasureMachine(DecodeMeasure(frame.body));
        return;
      case Message::kSetUp:
        SetUpGroup(DecodeSetUp(frame.body));
        return;
      case Message::kArm:
        AwaitGate();
        return;
      case Message::kGate:
        RunBatch(DecodeGate(frame.body));
        return;
      case Message::kVerify:
        link_.Send(Message::kVerified, Group().Verify() ? "1" : "");
        return;
      case Message::kProve:
        Prove();
        return;
      case Message::kCount:
        link_.Send(Message::kCounted, EncodeCounters(Group().Counters()));
        return;
      case Message::kLatencies:
        link_.Send(Message::kTaken, EncodeLatencies(Group().TakeLatencies()));
        return;
      case Message::kEnd:
        if (group_) group_->Shutdown();
        group_.reset();
        link_.Send(Message::kEnded);
        throw Released();
      case Message::kRange:
      case Message::kClose:
        // Of a batch that the cap has ended meanwhile.
        return;
      default:
        throw LinkError(fmt::format("said {} out of turn",
                                    static_cast<int>(frame.message)));
    }
  }

  void MeasureMachine(bool with_single) {
    const auto usable = static_cast<std::size_t>(machine_.usable_cores);
    const std::vector<CpuList>& cores = machine_.topology.cores;
    std::optional<Ceilings> ceilings;
    try {
      ceilings = MeasureCeilings(
          std::span(cores).first(std::min(cores.size(), usable)),
          machine_.topology.cache_bytes, OneProcessBytes(machine_).value_or(0),
          [this] { return LookAtLink(); }, with_single);
    } catch (const std::system_error&) {
      // bench says that there are none.
    }
    if (lost_) std::rethrow_exception(lost_);
    link_.Send(Message::kCeilings, EncodeCeilings(ceilings));
  }

  LocalGroup& Group() {
    if (!group_) throw LinkError("asked for workers that there are not");
    return *group_;
  }

  void SetUpGroup(const GroupSetUp& set_up) {
    group_.reset();
    key_ = set_up.key;
    const WorkerSettings workers{
        .executable = settings_.worker_executable,
        .environment = ScrubEnvironment(OwnEnvironment()),
        .hang_timeout_s = set_up.settings.hang_timeout_s,
        .command = set_up.settings.command,
        .interrupted = [this] { return LookAtLink(); }};
    PoolSettings settings = MakePoolSettings(key_, machine_, workers);
    settings.kernels_setting = set_up.settings.kernels_setting;
    settings.expectation.kernels = set_up.settings.expectation.kernels;
    settings.core_dumps = set_up.settings.core_dumps;
    settings.start_allowance_s = set_up.settings.start_allowance_s;
    group_ = std::make_unique<LocalGroup>(key_, std::move(settings));
    ask_latency_s_ = 0;
    task_s_ = 0;
    link_.Send(Message::kReady, EncodeStart(group_->start()));
  }

  /// This process's, without what only it is told.
  static std::vector<std::string> OwnEnvironment() {
    std::vector<std::string> variables = ProcessEnvironment();
    RemoveVariable(variables, kAgentVariable);
    return variables;
  }

  void AwaitGate() {
    const std::int64_t now_ns = NowNs();
    link_.Send(Message::kArmed, EncodeArmed(now_ns));
    while (NowNs() < now_ns + kSpinNs) {
      if (std::optional<Frame> frame = Take()) {
        CarryOut(*frame);
        return;
      }
    }
  }

  void RunBatch(const Gate& gate) {
    const std::int64_t cpu_ns = OwnCpuNs();
    Batch batch{.gate_ns = NowNs(), .cap_ns = gate.cap_ns};
    batch.is_closed = gate.is_all;
    batch.NoteRange(gate.first, batch.gate_ns);
    CheckRange(gate.first);
    TaskFeed feed;
    feed.first = gate.first;
    feed.low_water = LowWaterNow();
    feed.fd = link_.fd();
    feed.attend = [this, &batch](TicketRing& tickets) {
      Attend(tickets, batch);
    };
    is_in_batch_ = true;
    const BatchTiming timing = Group().RunFed(NsToSeconds(gate.cap_ns), feed);
    is_in_batch_ = false;
    const auto wall_ns = static_cast<std::int64_t>(1e9 * timing.wall_s);
    const auto running_ns = static_cast<std::int64_t>(1e9 * timing.gate_s);
    link_.Send(Message::kDone,
               EncodeDone({.tasks = timing.tasks_done,
                           .begin_ns = std::max(batch.gate_ns, batch.begin_ns),
                           .running_ns = batch.gate_ns + running_ns,
                           .finish_ns = batch.gate_ns + wall_ns,
                           .ranges = batch.ranges,
                           .agent_cpu_ns = OwnCpuNs() - cpu_ns}));
    link_.Send(Message::kReport, EncodeReport(timing));
    NoteBatch(timing);
  }

  struct Batch {
    std::int64_t gate_ns = 0;
    std::int64_t cap_ns = 0;
    std::int64_t begin_ns = 0;  ///< the first range came; 0: none has
    std::uint64_t came = 0;     ///< tasks
    std::uint64_t ranges = 0;
    std::int64_t asked_ns = 0;  ///< a WANT is under way since; 0: none is
    bool is_closed = false;

    void NoteRange(const TaskRange& range, std::int64_t now_ns) {
      if (range.count == 0) return;
      if (came == 0) begin_ns = now_ns;
      came += range.count;
      ++ranges;
    }
  };

  /// Takes what has come for the workers of `batch`, and asks for more where
  /// few are left.
  void Attend(TicketRing& tickets, Batch& batch) {
    if (batch.is_closed && !tickets.is_closed()) tickets.Close();
    // Before ranges are added: who asks after that finds them too few, too.
    tickets.TakeAsked();
    while (std::optional<Frame> frame = link_.Receive()) {
      TakeTasks(*frame, tickets, batch);
    }
    link_.Beat();
    const std::int64_t now_ns = NowNs();
    if (now_ns - batch.gate_ns >= batch.cap_ns) batch.is_closed = true;
    if (batch.is_closed) {
      if (!tickets.is_closed()) tickets.Close();
      return;
    }
    const std::uint64_t unclaimed = tickets.unclaimed();
    NoteTasks(batch, batch.came - unclaimed, now_ns);
    const std::uint64_t low_water = LowWaterNow();
    tickets.set_low_water(low_water);
    const std::uint64_t waiting = unclaimed == 0 ? tickets.waiting() : 0;
    if (batch.asked_ns != 0 || !tickets.HasRoom() ||
        (unclaimed >= low_water && waiting == 0)) {
      return;
    }
    batch.asked_ns = now_ns;
    link_.Send(
        Message::kWant,
        EncodeWant({.done = batch.came - unclaimed,
                    .busy_ns = batch.came == 0 ? 0 : now_ns - batch.begin_ns,
                    .need = low_water + waiting}));
  }

  void TakeTasks(const Frame& frame, TicketRing& tickets, Batch& batch) {
    if (frame.message == Message::kClose) {
      batch.is_closed = true;
      return;
    }
    if (frame.message != Message::kRange) {
      throw LinkError(
          fmt::format("said {} in mid-batch", static_cast<int>(frame.message)));
    }
    const TaskRange range = DecodeRange(frame.body);
    CheckRange(range);
    if (batch.asked_ns == 0 || !tickets.HasRoom()) {
      throw LinkError("sent tasks that nobody asked for");
    }
    const double latency_s = NsToSeconds(NowNs() - batch.asked_ns);
    ask_latency_s_ = ask_latency_s_ == 0 ? latency_s
                                         : (1 - kNewShare) * ask_latency_s_ +
                                               kNewShare * latency_s;
    batch.asked_ns = 0;
    // After the cap nobody claims it any more.
    if (batch.is_closed) return;
    tickets.Add(range);
    batch.NoteRange(range, NowNs());
  }

  void CheckRange(const TaskRange& range) const {
    if (range.first + range.count <= key_.batch) return;
    throw LinkError("sent tasks that are not of the batch");
  }

  /// What a task takes, as far as `claimed` ones of the batch that runs tell:
  /// one of each worker is still under way.
  void NoteTasks(const Batch& batch, std::uint64_t claimed,
                 std::int64_t now_ns) {
    const std::uint64_t workers = key_.claimants();
    if (claimed <= 2 * workers) return;
    task_s_ = NsToSeconds(now_ns - batch.begin_ns) *
              static_cast<double>(workers) /
              static_cast<double>(claimed - workers);
  }

  /// As much, from a whole batch.
  void NoteBatch(const BatchTiming& timing) {
    double busy_s = 0;
    for (const WorkerTiming& worker : timing.workers) {
      busy_s += worker.load_s + worker.operate_s;
    }
    if (timing.tasks_done == 0) return;
    task_s_ = busy_s / static_cast<double>(timing.tasks_done);
  }

  /// Asks in time for the workers to have tasks when the answer comes; while
  /// nothing is known, when one waits.
  std::uint64_t LowWaterNow() const {
    return LowWater(key_.claimants(), ask_latency_s_, task_s_);
  }

  void Prove() {
    Proved proved;
    proved.threads = Group().ProveThreads();
    const ProgramFacts& program = Group().program();
    proved.peak_bytes = program.peak_bytes;
    for (const MappedLibrary& library : program.libraries) {
      proved.libraries.push_back(library.file);
    }
    link_.Send(Message::kProved, EncodeProved(proved));
  }

  Link link_;
  const AgentSettings& settings_;
  Machine machine_;
  std::deque<Frame> inbox_;
  std::exception_ptr lost_;
  bool is_in_batch_ = false;
  Key key_;
  std::unique_ptr<LocalGroup> group_;
  double ask_latency_s_ = 0;  ///< WANT → RANGE; 0: not known yet
  double task_s_ = 0;         ///< 0: not known yet
};

/// The first connection at which bench proves to be there: another program may
/// have its port at an address that is of this host, too, as that of a
/// loopback.
Link LinkTo(const Invitation& invitation, double limit_s) {
  std::vector<UniqueFd> sockets = BeginToConnect(invitation);
  std::vector<Link> links;
  links.reserve(sockets.size());
  for (UniqueFd& socket : sockets) {
    links.emplace_back(std::move(socket), Link::Side::kAgent, invitation.secret,
                       invitation.limits);
  }
  const std::int64_t begin_ns = NowNs();
  std::string cause = "no answer";
  while (!links.empty() && NsToSeconds(NowNs() - begin_ns) < limit_s) {
    std::vector<pollfd> polls;
    polls.reserve(links.size());
    for (auto link = links.begin(); link != links.end();) {
      try {
        if (link->Open()) return std::move(*link);
        polls.push_back(
            {.fd = link->fd(), .events = link->events(), .revents = 0});
        ++link;
      } catch (const LinkError& error) {
        cause = fmt::format("it {}", error.what());
        link = links.erase(link);
      }
    }
    poll(polls.data(), polls.size(), kWaitMs);
  }
  throw std::runtime_error(fmt::format(
      "bench can't be reached at port {} of {} ({}): a firewall between the "
      "two, or bench has ended",
      invitation.port, fmt::join(invitation.addresses, ", "), cause));
}

}  // namespace

void RunAgent(const Invitation& invitation, const AgentSettings& settings) {
  // Before bench counts on signs of life.
  Machine machine = ReadMachine();
  Agent(LinkTo(invitation, settings.connect_limit_s), settings,
        std::move(machine))
      .Serve();
}

}  // namespace hybrid
