#include "hosts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "base/flag_error.h"
#include "base/program_folder.h"
#include "cluster/allocation.h"
#include "cluster/host_survey.h"
#include "cluster/launch_plan.h"
#include "flags/host_flags.h"
#include "measure/interrupt.h"
#include "pool/environment.h"
#include "sweep/splits.h"

namespace hybrid {
void RefuseRanks() {
  if (std::optional<std::string> why = WhyRank(ProcessEnvironment())) {
    throw FlagError(*std::move(why));
  }
}

std::shared_ptr<const ClusterSettings> ClusterOf(const Options& options) {
  const HostOptions& hosts = options.hosts;
  if (!hosts.wanted()) return nullptr;
  ClusterSettings cluster;
  cluster.request.hosts = hosts.names;
  cluster.request.launcher = hosts.launcher;
  cluster.request.agent = hosts.agent.empty()
                              ? (ProgramFolder() / "hybrid-agent").string()
                              : hosts.agent;
  cluster.environment = ProcessEnvironment();
  cluster.unequal_hosts = hosts.unequal;
  return std::make_shared<const ClusterSettings>(std::move(cluster));
}

Machine FindMachine(Options& options) {
  const auto cluster = ClusterOf(options);
  if (!cluster) {
    Machine machine = ReadMachine();
    options.hosts.in_order = {machine.host};
    return machine;
  }
  LaunchPlan plan = PlanLaunch(cluster->request, cluster->environment);
  const std::size_t most = plan.host_count;
  options.hosts.in_order = std::move(plan.hosts);
  CheckHostNames(options);
  const Axis& counts = options.hosts.counts;
  options.axes.host_counts = counts.is_auto ? ScaleUpTo(most) : counts.values;
  const std::uint64_t asked = *std::max_element(
      options.axes.host_counts.begin(), options.axes.host_counts.end());
  if (asked > most) {
    throw FlagError(
        fmt::format("--host_counts: {} hosts are not to be had, "
                    "there {} {}",
                    asked, most == 1 ? "is" : "are", most));
  }
  return SurveyHosts(*cluster, asked, &Interrupted).front();
}

}  // namespace hybrid
