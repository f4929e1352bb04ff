#ifndef HYBRID_CLUSTER_LINK_H_
#define HYBRID_CLUSTER_LINK_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/unique_fd.h"
#include "cluster/frame.h"
#include "cluster/invitation.h"

namespace hybrid {

/// The other side has closed the connection, or is gone.
class LinkClosed : public LinkError {
 public:
  using LinkError::LinkError;
};

/// One connection between bench and an agent: TLS 1.3 with the invitation's
/// secret as pre-shared key (RFC 8446, with ephemeral keys), so that each side
/// has proved to know it and all that is said is encrypted. Never blocks. Every
/// failure throws LinkError, after which the link is of no use: from the first
/// link on, this process ignores SIGPIPE.
class Link {
 public:
  enum class Side { kBench, kAgent };

  /// Over `socket`, which is connected, or about to be.
  Link(UniqueFd socket, Side side, const Secret& secret, LinkLimits limits);
  Link(Link&&) noexcept;
  Link& operator=(Link&&) noexcept;
  ~Link();

  /// Goes on with the proof. True once both sides are proved: before that
  /// nothing can be sent.
  bool Open();

  /// Sends it at once as far as the system takes it, the rest with later calls.
  void Send(Message message, std::string_view body = {});

  /// The next message that has come, but for beats. Whoever sends a lot may
  /// have more to be received than is seen at a time: poll says so.
  std::optional<Frame> Receive();

  /// An agent's says that it is there if it has not for a while; bench's throws
  /// if the other side has not. Call it several times a second, after Receive.
  /// An agent that bench can't be reached from any more learns that as a lost
  /// connection, in the same time: bench itself may be busy, or stopped.
  void Beat();

  int fd() const;
  /// What to poll for: poll(2)'s POLLIN, and POLLOUT where something waits to
  /// be sent.
  short events() const;

 private:
  struct Session;
  std::unique_ptr<Session> session_;
};

}  // namespace hybrid

#endif  // HYBRID_CLUSTER_LINK_H_
