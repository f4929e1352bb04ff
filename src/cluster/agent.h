#ifndef HYBRID_CLUSTER_AGENT_H_
#define HYBRID_CLUSTER_AGENT_H_

#include <string>

#include "cluster/invitation.h"

namespace hybrid {

/// What an agent is started with beside its invitation.
struct AgentSettings {
  std::string worker_executable;
  double connect_limit_s = 10;  ///< for reaching bench at all
};

/// Looks after the workers of one host, for bench: connects to it, does what it
/// asks for, and returns when it says so or is gone. Starts workers, hands them
/// the ranges of tasks that come, and computes nothing itself. Throws
/// std::runtime_error where bench can't be reached or the two don't fit, and
/// LinkError when bench is gone or out of reach; no worker is left then.
void RunAgent(const Invitation& invitation, const AgentSettings& settings);

}  // namespace hybrid

#endif  // HYBRID_CLUSTER_AGENT_H_
