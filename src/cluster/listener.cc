#include "cluster/listener.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <utility>

#include "base/system_error.h"

namespace hybrid {
namespace {

/// Of both kinds, for the system's calls.
struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t bytes = 0;
  const sockaddr* get() const {
    return reinterpret_cast<const sockaddr*>(&storage);
  }
  sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
};

/// Nothing for what is no address's number.
std::optional<SocketAddress> AddressOf(const std::string& text,
                                       std::uint16_t port) {
  addrinfo hints{};
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(text.c_str(), std::to_string(port).c_str(), &hints, &found) !=
      0) {
    return std::nullopt;
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found,
                                                                 &freeaddrinfo);
  SocketAddress address;
  address.bytes = found->ai_addrlen;
  std::copy_n(reinterpret_cast<const char*>(found->ai_addr), found->ai_addrlen,
              reinterpret_cast<char*>(&address.storage));
  return address;
}

/// Listens on all addresses of `family`; an invalid one where there are none of
/// that kind.
UniqueFd ListenOn(int family) {
  UniqueFd socket(
      ::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket.valid()) return socket;
  SocketAddress any;
  if (family == AF_INET6) {
    auto* const address = reinterpret_cast<sockaddr_in6*>(&any.storage);
    address->sin6_family = AF_INET6;
    address->sin6_addr = in6addr_any;
    any.bytes = sizeof *address;
    const int both = 0;
    setsockopt(socket.get(), IPPROTO_IPV6, IPV6_V6ONLY, &both, sizeof both);
  } else {
    auto* const address = reinterpret_cast<sockaddr_in*>(&any.storage);
    address->sin_family = AF_INET;
    address->sin_addr.s_addr = htonl(INADDR_ANY);
    any.bytes = sizeof *address;
  }
  if (bind(socket.get(), any.get(), any.bytes) != 0 ||
      listen(socket.get(), SOMAXCONN) != 0) {
    return {};
  }
  return socket;
}

std::uint16_t PortOf(int socket) {
  SocketAddress own;
  own.bytes = sizeof own.storage;
  if (getsockname(socket, own.get(), &own.bytes) != 0) {
    ThrowSystemError("getsockname");
  }
  const auto* const address = reinterpret_cast<sockaddr_in*>(&own.storage);
  static_assert(offsetof(sockaddr_in, sin_port) ==
                offsetof(sockaddr_in6, sin6_port));
  return ntohs(address->sin_port);
}

/// One try to connect; invalid where it failed at once.
UniqueFd BeginToConnect(const SocketAddress& address) {
  UniqueFd socket(::socket(address.storage.ss_family,
                           SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket.valid()) return socket;
  if (connect(socket.get(), address.get(), address.bytes) != 0 &&
      errno != EINPROGRESS) {
    return {};
  }
  return socket;
}

}  // namespace

Listener::Listener() : socket_(ListenOn(AF_INET6)) {
  if (!socket_.valid()) socket_ = ListenOn(AF_INET);
  if (!socket_.valid()) ThrowSystemError("no port to listen on");
  port_ = PortOf(socket_.get());
}

std::optional<UniqueFd> Listener::Accept() {
  UniqueFd taken(accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC));
  if (!taken.valid()) return std::nullopt;
  return taken;
}

std::vector<std::string> OwnAddresses() {
  ifaddrs* all = nullptr;
  if (getifaddrs(&all) != 0) ThrowSystemError("this machine's addresses");
  const std::unique_ptr<ifaddrs, decltype(&freeifaddrs)> owner(all,
                                                               &freeifaddrs);
  std::vector<std::string> addresses;
  std::vector<std::string> last;
  for (const ifaddrs* one = all; one != nullptr; one = one->ifa_next) {
    if (one->ifa_addr == nullptr || (one->ifa_flags & IFF_UP) == 0) continue;
    const int family = one->ifa_addr->sa_family;
    if (family != AF_INET && family != AF_INET6) continue;
    const auto bytes = static_cast<socklen_t>(
        family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6));
    std::array<char, NI_MAXHOST> text{};
    if (getnameinfo(one->ifa_addr, bytes, text.data(), text.size(), nullptr, 0,
                    NI_NUMERICHOST) != 0) {
      continue;
    }
    // One that is valid on its own wire alone needs a name that only this
    // machine knows.
    if (std::string_view(text.data()).find('%') != std::string_view::npos) {
      continue;
    }
    const bool is_loopback = (one->ifa_flags & IFF_LOOPBACK) != 0;
    (is_loopback ? last : addresses).emplace_back(text.data());
  }
  addresses.insert(addresses.end(), last.begin(), last.end());
  return addresses;
}

std::vector<UniqueFd> BeginToConnect(const Invitation& invitation) {
  std::vector<UniqueFd> sockets;
  sockets.reserve(invitation.addresses.size());
  for (const std::string& text : invitation.addresses) {
    const std::optional<SocketAddress> address =
        AddressOf(text, invitation.port);
    UniqueFd socket = address ? BeginToConnect(*address) : UniqueFd();
    if (socket.valid()) sockets.push_back(std::move(socket));
  }
  return sockets;
}

}  // namespace hybrid
