#ifndef HYBRID_CLUSTER_LISTENER_H_
#define HYBRID_CLUSTER_LISTENER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/unique_fd.h"
#include "cluster/invitation.h"

namespace hybrid {

/// A TCP port of this machine, for as long as the object lives.
class Listener {
 public:
  /// Some free port, on all of the machine's addresses. Throws
  /// std::system_error.
  Listener();

  std::uint16_t port() const { return port_; }
  int fd() const { return socket_.get(); }
  /// A connection that somebody has made; never blocks.
  std::optional<UniqueFd> Accept();

 private:
  UniqueFd socket_;
  std::uint16_t port_ = 0;
};

/// The addresses of this machine, those of no other machine's last: that of a
/// loopback is the last one.
std::vector<std::string> OwnAddresses();

/// Connections to all of the invitation's addresses that are begun at once, and
/// for which Link::Open waits; none to those that can't be reached for certain.
std::vector<UniqueFd> BeginToConnect(const Invitation& invitation);

}  // namespace hybrid

#endif  // HYBRID_CLUSTER_LISTENER_H_
