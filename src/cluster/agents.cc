#include "cluster/agents.h"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <cstddef>
#include <system_error>
#include <tuple>
#include <utility>

#include "base/clock.h"
#include "base/launcher.h"
#include "base/watch.h"
#include "pool/worker_group.h"

namespace hybrid {
namespace {

/// How often launchers are looked at.
constexpr std::int64_t kLookNs = 100'000'000;
/// Launchers end by themselves when their agents have: mpirun takes a while.
constexpr double kPatienceS = 5;
/// Agents prove themselves within milliseconds, one of each host: if there are
/// so many more who have not, those that came first are no agents.
constexpr std::size_t kMostStrangers = 64;

}  // namespace

/// The connection to a host's agent, and who it says that it is.
struct Agents::Host {
  Host(UniqueFd socket, const Secret& secret, LinkLimits limits)
      : link(std::move(socket), Link::Side::kBench, secret, limits) {}

  Link link;
  std::optional<Hello> hello;
  bool is_released = false;  ///< it may go at any time
};

Agents::Agents(const ClusterSettings& cluster, std::size_t host_count,
               double limit_s, std::function<bool()> interrupted) try
    : cluster_(cluster),
      interrupted_(std::move(interrupted)),
      listener_(std::in_place) {
  LaunchRequest request = cluster.request;
  request.host_count = host_count;
  const LaunchPlan plan = PlanLaunch(request, cluster.environment);
  try {
    launch_.emplace(plan, EncodeInvitation({.addresses = OwnAddresses(),
                                            .port = listener_->port(),
                                            .secret = secret_,
                                            .limits = cluster.limits}));
  } catch (const LaunchError& error) {
    throw PoolError(fmt::format("--launcher: {}", error.what()));
  }
  Await(host_count, limit_s);
  listener_.reset();
  std::sort(hosts_.begin(), hosts_.end(), [](const auto& a, const auto& b) {
    return a->hello->host < b->hello->host;
  });
  if (!cluster.unequal_hosts) CheckEqual();
} catch (const std::system_error& error) {
  throw PoolError(fmt::format("agents can't be awaited: {}", error.what()));
}

Agents::~Agents() = default;

const Hello& Agents::hello(std::size_t host) const {
  return *hosts_[host]->hello;
}

void Agents::Await(std::size_t host_count, double limit_s) {
  std::vector<std::unique_ptr<Host>> strangers;
  const std::size_t most = host_count + kMostStrangers;
  Watch watch;
  while (true) {
    Accept(strangers, most);
    for (auto& stranger : strangers) {
      if (!LookAt(stranger)) stranger.reset();
    }
    std::erase(strangers, nullptr);
    if (strangers.size() > most) {
      strangers.erase(strangers.begin(),
                      strangers.end() - static_cast<std::ptrdiff_t>(most));
      refused_ = "; too many connect that are no agents";
    }
    KeepAlive();
    if (hosts_.size() == host_count) return;
    if (const std::optional<std::string> ended = launch_->Look()) {
      throw PoolError(fmt::format("{} of {} agents came: {}{}", hosts_.size(),
                                  host_count, *ended, refused_));
    }
    if (watch.awake_s() >= limit_s) {
      throw PoolError(fmt::format(
          "{} of {} agents came within {:.0f} s{}{}; is {} on every host "
          "(--agent), and may it reach port {} of this one?",
          hosts_.size(), host_count, watch.awake_s(), refused_,
          launch_->LastWords(), cluster_.request.agent, listener_->port()));
    }
    std::vector<pollfd> polls{
        {.fd = listener_->fd(), .events = POLLIN, .revents = 0}};
    for (const auto& stranger : strangers) {
      polls.push_back({.fd = stranger->link.fd(),
                       .events = stranger->link.events(),
                       .revents = 0});
    }
    poll(polls.data(), polls.size(), Watch::kTickMs);
    watch.Look();
    if (interrupted_()) throw PoolInterrupted();
  }
}

/// Takes up to `most` that have connected.
void Agents::Accept(std::vector<std::unique_ptr<Host>>& strangers,
                    std::size_t most) try {
  for (std::size_t i = 0; i < most; ++i) {
    std::optional<UniqueFd> socket = listener_->Accept();
    if (!socket) return;
    strangers.push_back(
        std::make_unique<Host>(*std::move(socket), secret_, cluster_.limits));
  }
} catch (const LinkError& error) {
  refused_ = fmt::format("; one that came {}", error.what());
}

/// Those that have come wait for the others.
void Agents::KeepAlive() {
  for (std::size_t i = 0; i < size(); ++i) {
    try {
      if (hosts_[i]->link.Receive()) throw LinkError("speaks out of turn");
      hosts_[i]->link.Beat();
    } catch (const LinkError& error) {
      Fail(i, "while others were awaited", error.what());
    }
  }
}

/// Goes on with one that has connected; takes it in once it has said who it is.
/// False for one that is turned away, or is no stranger any more.
bool Agents::LookAt(std::unique_ptr<Host>& stranger) try {
  if (!stranger->link.Open()) {
    stranger->link.Beat();
    return true;
  }
  const std::optional<Frame> frame = stranger->link.Receive();
  stranger->link.Beat();
  if (!frame) return true;
  RefuseOther(*frame, Message::kHello);
  stranger->hello = DecodeHello(frame->body);
  Greet(std::move(stranger));
  return false;
} catch (const LinkClosed&) {
  // An agent tries all addresses at once, and needs one.
  return false;
} catch (const LinkError& error) {
  refused_ = fmt::format("; one that came {}", error.what());
  return false;
}

/// Takes in an agent that fits.
void Agents::Greet(std::unique_ptr<Host> host) {
  const Hello& hello = *host->hello;
  if (hello.build != OwnBuild()) {
    throw PoolError(fmt::format(
        "host {}: its agent is of another build: {}, and bench is {}; install "
        "one on all hosts, or name the right one (--agent)",
        hello.host, hello.build, OwnBuild()));
  }
  for (const auto& other : hosts_) {
    if (std::tie(other->hello->host, other->hello->boot_id) !=
        std::tie(hello.host, hello.boot_id)) {
      continue;
    }
    throw PoolError(fmt::format(
        "host {}: two agents were started there; name each host once, or have "
        "the launcher start one a host",
        hello.host));
  }
  hosts_.push_back(std::move(host));
}

void Agents::CheckEqual() const {
  const Hello& first = *hosts_.front()->hello;
  for (const auto& host : hosts_) {
    const Hello& hello = *host->hello;
    const auto differ = [&](std::string_view what, const auto& theirs,
                            const auto& its) {
      if (theirs == its) return;
      throw PoolError(fmt::format(
          "host {} has {} {}, and host {} {}: what holds for one does not for "
          "the other; measure each kind by itself, or say --unequal_hosts",
          hello.host, what, its, first.host, theirs));
    };
    differ("the CPU", first.kind.cpu_model, hello.kind.cpu_model);
    differ("usable cores:", first.kind.usable_cores, hello.kind.usable_cores);
  }
}

void Agents::RefuseOther(const Frame& frame, Message expected) {
  if (frame.message == expected) return;
  throw LinkError(fmt::format("said {} where {} belongs",
                              static_cast<int>(frame.message),
                              static_cast<int>(expected)));
}

void Agents::Send(std::size_t host, Message message, std::string_view body,
                  std::string_view when) try {
  hosts_[host]->link.Send(message, body);
} catch (const LinkError& error) {
  Fail(host, when, error.what());
}

void Agents::SendAll(Message message, std::string_view body,
                     std::string_view when) {
  for (std::size_t i = 0; i < size(); ++i) Send(i, message, body, when);
}

double Agents::Serve(
    std::string_view when,
    const std::function<void(std::size_t host, const Frame& frame)>& take,
    const std::function<bool(std::size_t host)>& owes, double limit_s) {
  Watch watch;
  std::int64_t look_ns = NowNs() + kLookNs;
  std::vector<pollfd> polls(size());
  std::optional<std::string> ended;  ///< a launcher
  while (true) {
    for (std::size_t i = 0; i < size(); ++i) {
      Link& link = hosts_[i]->link;
      polls[i] = {.fd = -1, .events = 0, .revents = 0};
      if (hosts_[i]->is_released) continue;
      try {
        while (std::optional<Frame> frame = link.Receive()) {
          if (frame->message == Message::kFailed) {
            throw WithHost(hello(i).host, DecodeFailure(frame->body));
          }
          take(i, *frame);
          if (frame->message != Message::kEnded) continue;
          hosts_[i]->is_released = true;
          break;
        }
        link.Beat();
      } catch (const LinkError& error) {
        Fail(i, when, error.what());
      }
      polls[i] = {.fd = link.fd(), .events = link.events(), .revents = 0};
    }
    std::size_t debtor = 0;
    while (debtor < size() && !owes(debtor)) ++debtor;
    if (debtor == size()) return watch.late_s();
    if (ended) throw PoolError(fmt::format("{}, {}", *ended, when));
    if (watch.awake_s() > limit_s) {
      Fail(debtor, when,
           fmt::format("has not answered for {:.0f} s", watch.awake_s()));
    }
    poll(polls.data(), polls.size(), Watch::kTickMs);
    watch.Look();
    const std::int64_t now_ns = NowNs();
    if (interrupted_()) throw PoolInterrupted();
    // Whoever has let its agent go ends, while others still say farewell.
    const bool may_end =
        std::any_of(hosts_.begin(), hosts_.end(),
                    [](const auto& host) { return host->is_released; });
    if (may_end || now_ns < look_ns) continue;
    look_ns = now_ns + kLookNs;
    // What its agent said, or that it is gone, tells more, and is there by now.
    ended = launch_->Look();
  }
}

void Agents::Release() {
  Ask(Message::kEnd, Message::kEnded, "at its end",
      [](std::string_view) { return true; });
  hosts_.clear();
  launch_->End(kPatienceS);
}

void Agents::Fail(std::size_t host, std::string_view when,
                  std::string_view cause) const {
  throw PoolError(fmt::format("host {}: its agent {}, {}{}", hello(host).host,
                              cause, when, launch_->LastWords()));
}

}  // namespace hybrid
