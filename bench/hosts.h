#ifndef HYBRID_BENCH_HOSTS_H_
#define HYBRID_BENCH_HOSTS_H_

#include <memory>
#include <vector>

#include "cluster/agents.h"
#include "flags/options.h"
#include "machine/machine.h"

namespace hybrid {

/// Throws FlagError where this process is one of several that a launcher has
/// started: each of them would measure beside the others.
void RefuseRanks();

/// How agents get to the hosts that `options` want; null where this machine is
/// measured.
std::shared_ptr<const ClusterSettings> ClusterOf(const Options& options);

/// The machine that is measured: this one, or the first of the hosts, all of
/// which are asked. Gives SweepAxes::host_counts and HostOptions::in_order
/// their values. Throws FlagError, PoolError where an agent does not come, and
/// PoolInterrupted.
Machine FindMachine(Options& options);

}  // namespace hybrid

#endif  // HYBRID_BENCH_HOSTS_H_
