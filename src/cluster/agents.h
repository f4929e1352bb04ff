#ifndef HYBRID_CLUSTER_AGENTS_H_
#define HYBRID_CLUSTER_AGENTS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "cluster/agent_launch.h"
#include "cluster/launch_plan.h"
#include "cluster/link.h"
#include "cluster/listener.h"
#include "cluster/messages.h"

namespace hybrid {

/// Where agents are started, and how: what all groups of a run have in common.
struct ClusterSettings {
  LaunchRequest request;  ///< but for its host_count
  /// NAME=value each: of this process, with what names an allocation.
  std::vector<std::string> environment;
  /// Hosts of different kinds may work together.
  bool unequal_hosts = false;
  LinkLimits limits{};
};

/// The agents of some hosts, from their start to their end, and what is said to
/// them. Hosts are called by their index, in the order of their names. Every
/// failure is a PoolError that names the host; then all can only be destroyed,
/// at which agents and launchers end.
class Agents {
 public:
  /// Starts them and waits until all have come and fit, `limit_s` at most; the
  /// port at which they are awaited is closed then. `interrupted` is asked
  /// several times a second, here and later. Throws PoolError, PoolInterrupted,
  /// and FlagError where no hosts are to be had.
  Agents(const ClusterSettings& cluster, std::size_t host_count, double limit_s,
         std::function<bool()> interrupted);
  Agents(const Agents&) = delete;
  Agents& operator=(const Agents&) = delete;
  ~Agents();

  std::size_t size() const { return hosts_.size(); }
  const Hello& hello(std::size_t host) const;
  /// Whether hosts of different kinds are wanted.
  bool may_differ() const { return cluster_.unequal_hosts; }
  /// When the first launcher was about to start.
  std::int64_t launch_ns() const { return launch_ns_; }

  void Send(std::size_t host, Message message, std::string_view body,
            std::string_view when);
  void SendAll(Message message, std::string_view body, std::string_view when);

  /// How long agents may take for an answer that no workers have a part in.
  static constexpr double kAnswerLimitS = 120;

  /// Takes what comes while a host `owes` an answer: for how many seconds in
  /// between this process was not awake to do so, 0 if few. Gives up after
  /// `limit_s`. A LinkError that `take` throws is that of the host.
  double Serve(
      std::string_view when,
      const std::function<void(std::size_t host, const Frame& frame)>& take,
      const std::function<bool(std::size_t host)>& owes,
      double limit_s = kAnswerLimitS);

  /// What `decode` makes of the answers of all hosts.
  template <typename Decode>
  auto Ask(Message question, Message answer, std::string_view when,
           const Decode& decode, std::string_view body = {},
           double limit_s = kAnswerLimitS) {
    using Body = decltype(decode(std::string_view()));
    std::vector<std::optional<Body>> answers(size());
    SendAll(question, body, when);
    Serve(
        when,
        [&](std::size_t host, const Frame& frame) {
          RefuseOther(frame, answer);
          answers[host] = decode(frame.body);
        },
        [&answers](std::size_t host) { return !answers[host]; }, limit_s);
    std::vector<Body> all;
    all.reserve(answers.size());
    for (auto& one : answers) all.push_back(*std::move(one));
    return all;
  }

  /// Lets the agents go, and waits for the end of the launchers.
  void Release();

  [[noreturn]] void Fail(std::size_t host, std::string_view when,
                         std::string_view cause) const;

 private:
  struct Host;

  void Await(std::size_t host_count, double limit_s);
  void Accept(std::vector<std::unique_ptr<Host>>& strangers, std::size_t most);
  bool LookAt(std::unique_ptr<Host>& stranger);
  void KeepAlive();
  void Greet(std::unique_ptr<Host> host);
  void CheckEqual() const;
  static void RefuseOther(const Frame& frame, Message expected);

  const ClusterSettings& cluster_;
  std::function<bool()> interrupted_;
  std::int64_t launch_ns_ = NowNs();
  std::optional<Listener> listener_;  ///< until all have come
  Secret secret_ = NewSecret();
  std::optional<AgentLaunch> launch_;
  std::vector<std::unique_ptr<Host>> hosts_;  ///< end before their launchers
  std::string refused_;                       ///< why the last stranger was
};

}  // namespace hybrid

#endif  // HYBRID_CLUSTER_AGENTS_H_
