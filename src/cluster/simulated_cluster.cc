#include "cluster/simulated_cluster.h"

#include <algorithm>
#include <functional>
#include <numbers>
#include <queue>
#include <vector>

#include "base/simulated_random.h"
#include "cluster/dispatcher.h"
#include "cluster/low_water.h"

namespace hybrid {
namespace {

/// Of agents' measured ask latency, which is smoothed: the newest value's.
constexpr double kLatencyWeight = 0.25;

enum class EventKind {
  kRange,  ///< a RANGE, or the one in GATE, at the host
  kAsk,    ///< the host sends WANT
  kWant,   ///< at the dispatcher
  kClose,  ///< at the host
  kDone    ///< at the dispatcher
};

struct Event {
  double s = 0;
  std::uint64_t number = 0;  ///< of simultaneous events the lesser is first
  EventKind kind{};
  std::size_t host = 0;
  std::uint64_t tasks = 0;  ///< of a range
  std::uint64_t need = 0;   ///< of a WANT
  HostProgress progress{};

  bool operator>(const Event& other) const {
    return s != other.s ? s > other.s : number > other.number;
  }
};

double TaskTime(const SimulatedCluster& cluster, SimulatedRandom& random) {
  if (cluster.scatter == 0) return cluster.task_s;
  const double half_width = std::numbers::sqrt3 * cluster.scatter;
  return cluster.task_s * random.Uniform(1 - half_width, 1 + half_width);
}

double Efficiency(const SimulatedCluster& cluster, double wall_s) {
  const auto workers = static_cast<double>(cluster.hosts * cluster.workers);
  return static_cast<double>(cluster.tasks) * cluster.task_s /
         (workers * wall_s);
}

/// An agent and its workers.
class SimulatedHost {
 public:
  SimulatedHost(const SimulatedCluster& cluster, std::size_t index)
      : cluster_(cluster), random_({cluster.seed, index}) {
    free_.resize(cluster.workers);
    // As its handshake took.
    latency_s_ =
        2 * (cluster.message_s + cluster.agent_s + cluster.dispatcher_s);
  }

  void Begin() {
    limit_ = claimed_ = 0;
    is_asking_ = is_closed_ = has_begun_ = false;
  }

  void Receive(double s, std::uint64_t tasks) {
    if (!has_begun_) {
      has_begun_ = true;
      begin_s_ = s;
      std::fill(free_.begin(), free_.end(), s);
    }
    if (is_asking_) {
      latency_s_ += kLatencyWeight * (s - asked_s_ - latency_s_);
      is_asking_ = false;
    }
    while (claimed_ < limit_ && free_.front() <= s) Claim();
    limit_ += tasks;
    received_s_ = s;
  }

  /// Lets the workers claim until it is time to ask, and says when that is.
  double NextAsk() {
    double now_s = received_s_;
    while (limit_ - claimed_ >= Mark()) {
      if (limit_ == claimed_) return std::max(now_s, free_.front());
      now_s = Claim();
    }
    return now_s;
  }

  bool Ask(double s) {
    if (is_closed_) return false;
    is_asking_ = true;
    asked_s_ = s;
    return true;
  }

  HostProgress Progress(double s) const {
    const auto running = static_cast<std::uint64_t>(std::count_if(
        free_.begin(), free_.end(), [&](double free_s) { return free_s > s; }));
    return {.done = claimed_ - running, .busy_s = s - begin_s_};
  }

  /// When its workers are done.
  double Close(double s) {
    is_closed_ = true;
    while (claimed_ < limit_) Claim();
    return std::max(s, *std::max_element(free_.begin(), free_.end()));
  }

  std::uint64_t Need(double s) const {
    const auto waiting = static_cast<std::uint64_t>(
        std::count_if(free_.begin(), free_.end(),
                      [&](double free_s) { return free_s <= s; }));
    return Mark() + (limit_ == claimed_ ? waiting : 0);
  }

 private:
  std::uint64_t Mark() const {
    if (cluster_.hand_out != HandOut::kPrefetched) return 0;
    return LowWater(cluster_.workers, latency_s_,
                    knows_task_ ? cluster_.task_s : 0);
  }

  /// The first worker to be free takes a task. Returns when.
  double Claim() {
    const double s = std::max(free_.front(), received_s_);
    std::pop_heap(free_.begin(), free_.end(), std::greater<>());
    free_.back() = s + TaskTime(cluster_, random_);
    std::push_heap(free_.begin(), free_.end(), std::greater<>());
    // Who claims a second one has done the first.
    if (++claimed_ > cluster_.workers) knows_task_ = true;
    return s;
  }

  const SimulatedCluster& cluster_;
  SimulatedRandom random_;
  std::vector<double> free_;  ///< heap: when each worker is
  std::uint64_t limit_ = 0, claimed_ = 0;
  double begin_s_ = 0, received_s_ = 0, asked_s_ = 0, latency_s_ = 0;
  bool has_begun_ = false, is_asking_ = false, is_closed_ = false;
  bool knows_task_ = false;
};

class Simulation {
 public:
  explicit Simulation(const SimulatedCluster& cluster)
      : cluster_(cluster),
        dispatcher_(cluster.tasks, std::vector<std::uint64_t>(
                                       cluster.hosts, cluster.workers)) {
    hosts_.reserve(cluster.hosts);
    for (std::size_t i = 0; i < cluster.hosts; ++i) {
      hosts_.emplace_back(cluster_, i);
    }
  }

  SimulatedBatch Run() {
    free_s_ = busy_s_ = 0;
    dispatcher_.Begin();
    next_ = ranges_ = 0;
    is_closed_ = false;
    waiting_for_ = hosts_.size();
    for (SimulatedHost& host : hosts_) host.Begin();
    for (std::size_t i = 0; i < hosts_.size(); ++i) {
      SendRange(i, First(i));
    }
    CloseIfAllIsOut();
    while (waiting_for_ > 0) {
      const Event event = events_.top();
      events_.pop();
      Handle(event);
    }
    // WANTs that came too late.
    events_ = {};
    return {.wall_s = free_s_,
            .efficiency = Efficiency(cluster_, free_s_),
            .ranges = ranges_,
            .dispatcher_busy = busy_s_ / free_s_};
  }

 private:
  std::uint64_t First(std::size_t host) {
    if (cluster_.hand_out != HandOut::kOneByOne) {
      return dispatcher_.First(host).count;
    }
    return TakeOne();
  }

  std::uint64_t TakeOne() { return next_++ < cluster_.tasks ? 1 : 0; }

  std::uint64_t Next(const Event& want) {
    if (cluster_.hand_out != HandOut::kOneByOne) {
      return dispatcher_.Next(want.host, want.progress, want.need).count;
    }
    return TakeOne();
  }

  bool IsAllOut() const {
    return cluster_.hand_out != HandOut::kOneByOne ? dispatcher_.closed()
                                                   : next_ >= cluster_.tasks;
  }

  void CloseIfAllIsOut() {
    if (is_closed_ || !IsAllOut()) return;
    is_closed_ = true;
    for (std::size_t i = 0; i < hosts_.size(); ++i)
      Send(EventKind::kClose, i, 0);
  }

  /// Returns when the dispatcher is done with one more message.
  double Spend(double s) {
    free_s_ = std::max(free_s_, s) + cluster_.dispatcher_s;
    busy_s_ += cluster_.dispatcher_s;
    return free_s_;
  }

  void Push(Event event) {
    event.number = ++events_made_;
    events_.push(event);
  }

  void Send(EventKind kind, std::size_t host, std::uint64_t tasks) {
    const double s = Spend(free_s_) + cluster_.message_s + cluster_.agent_s;
    Push({.s = s, .kind = kind, .host = host, .tasks = tasks});
  }

  void SendRange(std::size_t host, std::uint64_t tasks) {
    ranges_ += tasks > 0 ? 1 : 0;
    Send(EventKind::kRange, host, tasks);
  }

  void Handle(const Event& event) {
    SimulatedHost& host = hosts_[event.host];
    const double arrival_s = event.s + cluster_.agent_s + cluster_.message_s;
    switch (event.kind) {
      case EventKind::kRange:
        host.Receive(event.s, event.tasks);
        Push(
            {.s = host.NextAsk(), .kind = EventKind::kAsk, .host = event.host});
        break;
      case EventKind::kAsk:
        if (!host.Ask(event.s)) break;
        Push({.s = arrival_s,
              .kind = EventKind::kWant,
              .host = event.host,
              .need = host.Need(event.s),
              .progress = host.Progress(event.s)});
        break;
      case EventKind::kWant:
        Spend(event.s);
        if (is_closed_) break;
        SendRange(event.host, Next(event));
        CloseIfAllIsOut();
        break;
      case EventKind::kClose: {
        const double done_s = host.Close(event.s);
        Push({.s = done_s + cluster_.agent_s + cluster_.message_s,
              .kind = EventKind::kDone,
              .host = event.host,
              .progress = host.Progress(done_s)});
        break;
      }
      case EventKind::kDone:
        Spend(event.s);
        dispatcher_.Finish(event.host, event.progress);
        --waiting_for_;
        break;
    }
  }

  SimulatedCluster cluster_;
  Dispatcher dispatcher_;
  std::vector<SimulatedHost> hosts_;
  std::priority_queue<Event, std::vector<Event>, std::greater<>> events_;
  std::uint64_t events_made_ = 0, next_ = 0, ranges_ = 0;
  double free_s_ = 0, busy_s_ = 0;
  bool is_closed_ = false;
  std::size_t waiting_for_ = 0;
};

}  // namespace

SimulatedBatch SimulateBatches(const SimulatedCluster& cluster, int batches) {
  Simulation simulation(cluster);
  SimulatedBatch last;
  for (int i = 0; i < batches; ++i) last = simulation.Run();
  return last;
}

double EfficiencyOfOneQueue(const SimulatedCluster& cluster) {
  SimulatedRandom random({cluster.seed, cluster.hosts});
  std::vector<double> free_s(cluster.hosts * cluster.workers);
  double wall_s = 0;
  for (std::uint64_t i = 0; i < cluster.tasks; ++i) {
    std::pop_heap(free_s.begin(), free_s.end(), std::greater<>());
    free_s.back() += TaskTime(cluster, random);
    wall_s = std::max(wall_s, free_s.back());
    std::push_heap(free_s.begin(), free_s.end(), std::greater<>());
  }
  return Efficiency(cluster, wall_s);
}

}  // namespace hybrid
