#ifndef HYBRID_CLUSTER_INVITATION_H_
#define HYBRID_CLUSTER_INVITATION_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hybrid {

/// Known to bench and to those it starts, and to nobody else: new for each
/// group of workers.
using Secret = std::array<unsigned char, 32>;

/// A secret from the system's random numbers. Throws std::system_error.
Secret NewSecret();

/// How often an agent says that it is there, and how long the wire may be
/// silent for either side.
struct LinkLimits {
  double beat_s = 0.5;
  double silence_s = 3;
};

/// What an agent is told when it is started.
struct Invitation {
  /// Where bench may be reached, the likeliest first: numbers as inet_pton
  /// takes them.
  std::vector<std::string> addresses;
  std::uint16_t port = 0;
  Secret secret{};
  LinkLimits limits{};  ///< to a millisecond
};

/// `invitation` as one word, shorter than 512 bytes: with as many of its
/// addresses as fit in.
std::string EncodeInvitation(const Invitation& invitation);

/// Reads what EncodeInvitation wrote. Throws std::invalid_argument, which does
/// not repeat the text: it holds the secret.
Invitation ParseInvitation(std::string_view text);

}  // namespace hybrid

#endif  // HYBRID_CLUSTER_INVITATION_H_
