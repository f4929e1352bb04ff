// A switch that hands every Ethernet frame on after a while, in place of the
// bridge between a test's hosts: as far apart as they would be with longer
// wires. (A kernel need not have netem, which does the same.)
//   delaying-switch MICROSECONDS PORT...
// Says "ready" on stdout when frames pass. Runs until it is killed.

#include <fmt/format.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <deque>
#include <exception>
#include <map>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/parse_number.h"
#include "base/system_error.h"
#include "base/unique_fd.h"

namespace hybrid {
namespace {

using Address = std::array<char, ETH_ALEN>;

/// What the kernel has in front of a frame: a virtio_net_hdr (whose own header
/// is no C++), which tells that the frame's checksum is still to be computed,
/// and that it is to be cut into packets. Without hardware in between neither
/// is ever done, so it has to be handed on.
constexpr std::size_t kPreambleBytes = 10;

/// A frame on its way.
struct Frame {
  std::int64_t due_ns;
  std::size_t port;         ///< by which it came in
  std::vector<char> bytes;  ///< with the preamble

  Address to() const { return AddressAt(0); }
  Address from() const { return AddressAt(ETH_ALEN); }

 private:
  Address AddressAt(std::size_t place) const {
    Address address{};
    std::copy_n(bytes.data() + kPreambleBytes + place, ETH_ALEN,
                address.data());
    return address;
  }
};

template <typename Value>
void SetOption(int socket, int level, int option, const Value& value,
               const std::string& context) {
  if (setsockopt(socket, level, option, &value, sizeof value) != 0) {
    ThrowSystemError(context);
  }
}

/// A socket for all frames that come in by a port.
UniqueFd OpenPort(const std::string& name) {
  const unsigned index = if_nametoindex(name.c_str());
  if (index == 0) ThrowSystemError(name);
  // No protocol yet: it would hear all ports.
  UniqueFd port(socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!port.valid()) ThrowSystemError(name);
  SetOption(port.get(), SOL_PACKET, PACKET_VNET_HDR, 1, name);
  SetOption(port.get(), SOL_PACKET, PACKET_IGNORE_OUTGOING, 1, name);
  // A frame can have 64 KiB. The kernel gives what it allows.
  SetOption(port.get(), SOL_SOCKET, SO_RCVBUF, 4 << 20, name);
  sockaddr_ll address{};
  address.sll_family = AF_PACKET;
  address.sll_protocol = htons(ETH_P_ALL);
  address.sll_ifindex = static_cast<int>(index);
  if (bind(port.get(), reinterpret_cast<const sockaddr*>(&address),
           sizeof address) != 0) {
    ThrowSystemError(name);
  }
  return port;
}

class DelayingSwitch {
 public:
  DelayingSwitch(std::int64_t delay_ns, std::span<char* const> names)
      : delay_ns_(delay_ns) {
    ports_.reserve(names.size());
    polled_.reserve(names.size());
    for (const char* name : names) {
      ports_.push_back(OpenPort(name));
      polled_.push_back(
          {.fd = ports_.back().get(), .events = POLLIN, .revents = 0});
    }
  }

  [[noreturn]] void Run() {
    for (;;) {
      SendDue();
      const std::int64_t wait_ns =
          frames_.empty()
              ? 0
              : std::max<std::int64_t>(frames_.front().due_ns - NowNs(), 0);
      const timespec wait{.tv_sec = wait_ns / 1'000'000'000,
                          .tv_nsec = wait_ns % 1'000'000'000};
      ppoll(polled_.data(), polled_.size(), frames_.empty() ? nullptr : &wait,
            nullptr);
      for (std::size_t port = 0; port < ports_.size(); ++port) {
        if (polled_[port].revents != 0) Receive(port);
      }
    }
  }

 private:
  /// All that came in by a port. One whose wire is cut has an error, once, and
  /// goes on when it is mended.
  void Receive(std::size_t port) {
    for (;;) {
      const ssize_t size =
          recv(ports_[port].get(), buffer_.data(), buffer_.size(), 0);
      if (size < 0) return;
      if (static_cast<std::size_t>(size) < kPreambleBytes + sizeof(ethhdr)) {
        continue;
      }
      frames_.push_back({.due_ns = NowNs() + delay_ns_,
                         .port = port,
                         .bytes = {buffer_.data(), buffer_.data() + size}});
      port_of_[frames_.back().from()] = port;
    }
  }

  void SendDue() {
    while (!frames_.empty() && frames_.front().due_ns <= NowNs()) {
      Send(frames_.front());
      frames_.pop_front();
    }
  }

  /// By the port behind which its address was seen, or else by all others. What
  /// a port does not take is lost, as with any switch.
  void Send(const Frame& frame) {
    const auto known = port_of_.find(frame.to());
    for (std::size_t port = 0; port < ports_.size(); ++port) {
      if (port == frame.port) continue;
      if (known != port_of_.end() && known->second != port) continue;
      static_cast<void>(send(ports_[port].get(), frame.bytes.data(),
                             frame.bytes.size(), MSG_NOSIGNAL));
    }
  }

  std::int64_t delay_ns_;
  std::vector<UniqueFd> ports_;
  std::vector<pollfd> polled_;
  std::map<Address, std::size_t> port_of_;
  std::deque<Frame> frames_;  // all take equally long: the first is due first
  std::array<char, (64 << 10) + 256> buffer_{};
};

void Main(std::span<char* const> arguments) {
  const std::optional<std::int64_t> delay_us =
      arguments.size() < 2 ? std::nullopt
                           : ParseNumber<std::int64_t>(arguments.front());
  if (!delay_us || *delay_us < 0) {
    throw std::invalid_argument("takes microseconds and names of ports");
  }
  prctl(PR_SET_TIMERSLACK, 1);  // it waits for as long as it says
  DelayingSwitch delaying_switch(*delay_us * 1000, arguments.subspan(1));
  fmt::print("ready\n");
  std::fflush(stdout);
  delaying_switch.Run();
}

}  // namespace
}  // namespace hybrid

int main(int argc, char** argv) {
  try {
    hybrid::Main({argv + 1, static_cast<std::size_t>(argc - 1)});
  } catch (const std::exception& error) {
    fmt::print(stderr, "delaying-switch: {}\n", error.what());
    return 1;
  }
}
