#include "cluster/host_survey.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

#include "base/clock.h"
#include "cluster/messages.h"
#include "pool/worker_group.h"
#include "pool/worker_settings.h"

namespace hybrid {
namespace {

/// For agents that only say what their machine is.
constexpr double kSurveyLimitS = 60;
constexpr std::size_t kRoundTrips = 50;
/// A trial of the bandwidth: long beside a round trip, also of a fast link.
constexpr std::size_t kTrials = 3;
constexpr std::size_t kFrames = 4;
constexpr std::size_t kFrameBytes = 1U << 20U;

/// Sends `body` to one host so many times at once, until all are answered.
double EchoS(Agents& agents, std::size_t host, std::size_t times,
             std::string_view body) {
  constexpr std::string_view kWhen = "while its link was measured";
  const std::int64_t begin_ns = NowNs();
  for (std::size_t i = 0; i < times; ++i) {
    agents.Send(host, Message::kEcho, body, kWhen);
  }
  std::size_t answered = 0;
  agents.Serve(
      kWhen,
      [&](std::size_t from, const Frame& frame) {
        if (from != host || frame.message != Message::kEchoed) {
          throw LinkError("speaks out of turn");
        }
        ++answered;
      },
      [&](std::size_t one) { return one == host && answered < times; });
  return NsToSeconds(NowNs() - begin_ns);
}

void MeasureLink(Agents& agents, std::size_t host, HostFacts& facts) {
  std::vector<double> trips_s(kRoundTrips);
  for (double& trip_s : trips_s) trip_s = EchoS(agents, host, 1, {});
  const auto middle = trips_s.begin() + kRoundTrips / 2;
  std::nth_element(trips_s.begin(), middle, trips_s.end());
  facts.round_trip_s = *middle;
  const std::string body(kFrameBytes, '\0');
  for (std::size_t i = 0; i < kTrials; ++i) {
    // The way of the first byte, and of the last answer, is no bandwidth's.
    const double seconds =
        std::max(EchoS(agents, host, kFrames, body) - facts.round_trip_s, 1e-9);
    facts.link_bytes_per_s =
        std::max(facts.link_bytes_per_s,
                 static_cast<double>(kFrames * kFrameBytes) / seconds);
  }
}

/// Has a worker started on each host, which loads the library.
void AskKernels(Agents& agents, const std::string& blas,
                std::vector<HostFacts>& hosts) {
  const std::vector<PoolStart> starts = agents.Ask(
      Message::kSetUp, Message::kReady, "while its kernels were asked for",
      DecodeStart, EncodeSetUp({.key = AskingKey(blas), .settings = {}}));
  for (std::size_t i = 0; i < hosts.size(); ++i) {
    hosts[i].kernels = starts[i].kernels;
    hosts[i].blas_version = starts[i].blas_version;
  }
}

std::vector<Machine> AskMachines(Agents& agents) {
  return agents.Ask(Message::kSurvey, Message::kMachine,
                    "while it was surveyed", DecodeMachine);
}

}  // namespace

std::vector<Machine> SurveyHosts(const ClusterSettings& cluster,
                                 std::size_t host_count,
                                 const std::function<bool()>& interrupted) {
  Agents agents(cluster, host_count, kSurveyLimitS, interrupted);
  std::vector<Machine> machines = AskMachines(agents);
  agents.Release();
  return machines;
}

std::vector<HostFacts> LookAtHosts(const ClusterSettings& cluster,
                                   std::size_t host_count,
                                   const HostQuestions& questions,
                                   const std::function<bool()>& interrupted) {
  Agents agents(cluster, host_count, kSurveyLimitS, interrupted);
  std::vector<Machine> machines = AskMachines(agents);
  std::vector<HostFacts> hosts(agents.size());
  for (std::size_t i = 0; i < hosts.size(); ++i) {
    hosts[i].name = agents.hello(i).host;
    hosts[i].kind = agents.hello(i).kind;
    hosts[i].machine = std::move(machines[i]);
    MeasureLink(agents, i, hosts[i]);
  }
  if (questions.with_ceilings) {
    auto ceilings =
        agents.Ask(Message::kMeasure, Message::kCeilings,
                   "while its ceilings were measured", DecodeCeilings,
                   EncodeMeasure(questions.with_single));
    for (std::size_t i = 0; i < hosts.size(); ++i) {
      hosts[i].ceilings = std::move(ceilings[i]);
    }
  }
  if (!questions.blas.empty()) {
    try {
      AskKernels(agents, questions.blas, hosts);
    } catch (const PoolError&) {
      // What is to be measured with it will say so.
      return hosts;
    }
  }
  agents.Release();
  return hosts;
}

std::optional<Ceilings> WeakestCeilings(const std::vector<HostFacts>& hosts) {
  std::optional<Ceilings> weakest;
  for (const HostFacts& host : hosts) {
    if (!host.ceilings) return std::nullopt;
    if (!weakest || host.ceilings->peak_gflops < weakest->peak_gflops) {
      weakest = host.ceilings;
    }
  }
  return weakest;
}

}  // namespace hybrid
