#include "cluster/link.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "base/clock.h"

namespace hybrid {
namespace {

constexpr const char* kIdentity = "hybridbench";

/// What Receive takes at a time at most, so that it returns from whoever talks
/// without end.
constexpr int kMostRecords = 64;

/// The reason of the last failure in OpenSSL, which is forgotten then.
std::string SslReason() {
  const unsigned long error = ERR_peek_last_error();
  ERR_clear_error();
  const char* const reason = ERR_reason_error_string(error);
  return reason != nullptr ? reason : "no reason known";
}

const Secret& SecretOf(SSL* ssl) {
  return *static_cast<const Secret*>(SSL_get_app_data(ssl));
}

unsigned CopySecret(SSL* ssl, unsigned char* key, unsigned most) {
  const Secret& secret = SecretOf(ssl);
  if (most < secret.size()) return 0;
  std::copy(secret.begin(), secret.end(), key);
  return static_cast<unsigned>(secret.size());
}

unsigned BenchKey(SSL* ssl, const char* identity, unsigned char* key,
                  unsigned most) {
  if (std::strcmp(identity, kIdentity) != 0) return 0;
  return CopySecret(ssl, key, most);
}

unsigned AgentKey(SSL* ssl, const char* /*hint*/, char* identity,
                  unsigned most_identity, unsigned char* key, unsigned most) {
  if (most_identity <= std::strlen(kIdentity)) return 0;
  std::strcpy(identity, kIdentity);
  return CopySecret(ssl, key, most);
}

using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;

Context MakeContext(Link::Side side) {
  const bool is_bench = side == Link::Side::kBench;
  Context context(
      SSL_CTX_new(is_bench ? TLS_server_method() : TLS_client_method()),
      &SSL_CTX_free);
  if (!context) throw LinkError(fmt::format("no TLS: {}", SslReason()));
  SSL_CTX* const raw = context.get();
  // Keys of that kind go with SHA-256 alone (RFC 8446, 4.2.11). Without a
  // certificate no other proof is possible.
  if (SSL_CTX_set_min_proto_version(raw, TLS1_3_VERSION) != 1 ||
      SSL_CTX_set_ciphersuites(raw, "TLS_AES_128_GCM_SHA256") != 1) {
    throw LinkError(fmt::format("no TLS 1.3: {}", SslReason()));
  }
  if (is_bench) {
    SSL_CTX_set_psk_server_callback(raw, &BenchKey);
    // Nobody comes back.
    SSL_CTX_set_num_tickets(raw, 0);
  } else {
    SSL_CTX_set_psk_client_callback(raw, &AgentKey);
  }
  // Whoever is killed says no farewell.
  SSL_CTX_set_options(raw, SSL_OP_IGNORE_UNEXPECTED_EOF);
  SSL_CTX_set_mode(
      raw, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  return context;
}

}  // namespace

struct Link::Session {
  Session(UniqueFd connected, Side which, const Secret& shared, LinkLimits lim)
      : socket(std::move(connected)),
        secret(shared),
        limits(lim),
        context(MakeContext(which)),
        ssl(SSL_new(context.get()), &SSL_free),
        side(which) {
    // A link that breaks is an error of its own, not the end of this process.
    signal(SIGPIPE, SIG_IGN);
    const int flags = fcntl(socket.get(), F_GETFL);
    const int one = 1;
    if (flags < 0 || fcntl(socket.get(), F_SETFL, flags | O_NONBLOCK) != 0 ||
        setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &one, sizeof one) !=
            0) {
      throw LinkError(std::generic_category().message(errno));
    }
    if (which == Side::kAgent) LimitSilence();
    if (!ssl || SSL_set_fd(ssl.get(), socket.get()) != 1) {
      throw LinkError(fmt::format("no TLS: {}", SslReason()));
    }
    SSL_set_app_data(ssl.get(), &secret);
    which == Side::kBench ? SSL_set_accept_state(ssl.get())
                          : SSL_set_connect_state(ssl.get());
  }

  /// bench says nothing while it has nothing to say, or is stopped. Its system
  /// does, to each beat: once it has not for so long, the connection ends.
  void LimitSilence() const {
    const auto limit_ms = static_cast<unsigned>(1000 * limits.silence_s);
    if (setsockopt(socket.get(), IPPROTO_TCP, TCP_USER_TIMEOUT, &limit_ms,
                   sizeof limit_ms) != 0) {
      throw LinkError(std::generic_category().message(errno));
    }
  }

  /// Whether `result` of a call means to come again. Throws for a failure.
  bool MustWait(int result) {
    const int failed = errno;
    switch (SSL_get_error(ssl.get(), result)) {
      case SSL_ERROR_WANT_READ:
        return true;
      case SSL_ERROR_WANT_WRITE:
        wants_write = true;
        return true;
      case SSL_ERROR_ZERO_RETURN:
        throw LinkClosed("closed the connection");
      case SSL_ERROR_SYSCALL:
        ERR_clear_error();
        // Whoever had not read all that was sent is gone in no other way.
        if (result == 0 || failed == 0 || failed == ECONNRESET ||
            failed == EPIPE) {
          throw LinkClosed("closed the connection");
        }
        throw LinkClosed(fmt::format("lost the connection: {}",
                                     std::generic_category().message(failed)));
      default:
        if (is_open) throw LinkError(fmt::format("TLS: {}", SslReason()));
        throw LinkError(
            fmt::format("does not prove to know the secret: {}", SslReason()));
    }
  }

  void Flush() {
    wants_write = false;
    while (sent < unsent.size()) {
      errno = 0;
      const int written = SSL_write(ssl.get(), unsent.data() + sent,
                                    static_cast<int>(std::min<std::size_t>(
                                        unsent.size() - sent, 1U << 20U)));
      if (written <= 0) {
        if (MustWait(written)) return;
      } else {
        sent += static_cast<std::size_t>(written);
      }
    }
    unsent.clear();
    sent = 0;
  }

  /// Takes what has come, up to a record. False if there is nothing.
  bool Fill() {
    std::array<char, 16384> record;
    errno = 0;
    const int got =
        SSL_read(ssl.get(), record.data(), static_cast<int>(record.size()));
    if (got <= 0) {
      MustWait(got);
      return false;
    }
    heard_ns = NowNs();
    reader.Feed({record.data(), static_cast<std::size_t>(got)});
    return true;
  }

  UniqueFd socket;
  Secret secret;
  LinkLimits limits;
  Context context;
  std::unique_ptr<SSL, decltype(&SSL_free)> ssl;
  Side side;
  FrameReader reader;
  std::string unsent;
  std::size_t sent = 0;  ///< of `unsent`
  bool wants_write = false;
  bool is_open = false;
  std::int64_t heard_ns = NowNs();
  std::int64_t said_ns = NowNs();
};

Link::Link(UniqueFd socket, Side side, const Secret& secret, LinkLimits limits)
    : session_(
          std::make_unique<Session>(std::move(socket), side, secret, limits)) {}
Link::Link(Link&&) noexcept = default;
Link& Link::operator=(Link&&) noexcept = default;
Link::~Link() = default;

bool Link::Open() {
  if (session_->is_open) return true;
  session_->wants_write = false;
  errno = 0;
  const int result = SSL_do_handshake(session_->ssl.get());
  if (result != 1) {
    session_->MustWait(result);
    return false;
  }
  session_->is_open = true;
  session_->heard_ns = session_->said_ns = NowNs();
  return true;
}

void Link::Send(Message message, std::string_view body) {
  session_->unsent += EncodeFrame(message, body);
  session_->said_ns = NowNs();
  session_->Flush();
}

std::optional<Frame> Link::Receive() {
  if (!session_->unsent.empty()) session_->Flush();
  int records = 0;
  while (true) {
    // What the other side said before it was gone comes first.
    std::optional<Frame> frame = session_->reader.Next();
    if (frame && frame->message != Message::kBeat) return frame;
    if (frame) continue;
    if (records++ == kMostRecords || !session_->Fill()) return std::nullopt;
  }
}

void Link::Beat() {
  const std::int64_t now_ns = NowNs();
  if (session_->side == Side::kAgent) {
    if (session_->is_open &&
        NsToSeconds(now_ns - session_->said_ns) >= session_->limits.beat_s) {
      Send(Message::kBeat);
    }
    return;
  }
  const double silent_s = NsToSeconds(now_ns - session_->heard_ns);
  if (silent_s > session_->limits.silence_s) {
    throw LinkError(fmt::format("has said nothing for {:.1f} s", silent_s));
  }
}

int Link::fd() const { return session_->socket.get(); }

short Link::events() const {
  const bool writes = session_->wants_write || !session_->unsent.empty();
  return static_cast<short>(writes ? POLLIN | POLLOUT : POLLIN);
}

}  // namespace hybrid
