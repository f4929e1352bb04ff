#include "cluster/invitation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/random.h>

#include <optional>
#include <stdexcept>

#include "base/parse_number.h"
#include "base/system_error.h"
#include "base/text_file.h"
#include "cluster/launch_plan.h"

namespace hybrid {
namespace {

/// Before all else, so that another kind of text is never taken for one.
constexpr std::string_view kKind = "hybridbench1";

/// Of what a launcher surely passes on.
constexpr std::size_t kMostBytes = 512;

std::optional<unsigned> HexDigit(char digit) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const std::size_t value = kDigits.find(digit);
  if (value == std::string_view::npos) return std::nullopt;
  return static_cast<unsigned>(value);
}

[[noreturn]] void Refuse() {
  throw std::invalid_argument(
      fmt::format("{} is not what bench writes there", kAgentVariable));
}

Secret ParseSecret(std::string_view text) {
  Secret secret{};
  if (text.size() != 2 * secret.size()) Refuse();
  for (std::size_t i = 0; i < secret.size(); ++i) {
    const auto high = HexDigit(text[2 * i]);
    const auto low = HexDigit(text[2 * i + 1]);
    if (!high || !low) Refuse();
    secret[i] = static_cast<unsigned char>(*high << 4 | *low);
  }
  return secret;
}

}  // namespace

Secret NewSecret() {
  Secret secret{};
  if (getrandom(secret.data(), secret.size(), 0) !=
      static_cast<ssize_t>(secret.size())) {
    ThrowSystemError("random numbers");
  }
  return secret;
}

std::string EncodeInvitation(const Invitation& invitation) {
  std::string secret;
  secret.reserve(2 * invitation.secret.size());
  for (const unsigned char byte : invitation.secret) {
    secret += fmt::format("{:02x}", byte);
  }
  std::vector<std::string> addresses = invitation.addresses;
  while (true) {
    std::string text =
        fmt::format("{}/{}/{}/{:.0f}/{:.0f}/{}", kKind, invitation.port,
                    fmt::join(addresses, ","), 1e3 * invitation.limits.beat_s,
                    1e3 * invitation.limits.silence_s, secret);
    if (text.size() < kMostBytes || addresses.size() <= 1) return text;
    // The last one is that of a loopback, which agents of this machine need.
    addresses.erase(addresses.end() - 2);
  }
}

Invitation ParseInvitation(std::string_view text) {
  const std::vector<std::string_view> parts = text_file::Parts(text, '/');
  if (parts.size() != 6 || parts[0] != kKind) Refuse();
  const auto port = ParseNumber<std::uint16_t>(parts[1]);
  if (!port || *port == 0) Refuse();
  Invitation invitation;
  invitation.port = *port;
  for (const std::string_view address : text_file::Parts(parts[2], ',')) {
    invitation.addresses.emplace_back(address);
  }
  if (invitation.addresses.empty()) Refuse();
  const auto beat_ms = ParseNumber<std::uint32_t>(parts[3]);
  const auto silence_ms = ParseNumber<std::uint32_t>(parts[4]);
  if (!beat_ms || !silence_ms) Refuse();
  invitation.limits = {.beat_s = *beat_ms / 1e3,
                       .silence_s = *silence_ms / 1e3};
  invitation.secret = ParseSecret(parts[5]);
  return invitation;
}

}  // namespace hybrid
