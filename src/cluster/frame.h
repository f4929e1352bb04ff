#ifndef HYBRID_CLUSTER_FRAME_H_
#define HYBRID_CLUSTER_FRAME_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace hybrid {

/// What bench and the agents say to each other. Those of a batch carry numbers,
/// all others JSON or nothing.
enum class Message : std::uint8_t {
  kHello,    ///< agent: who it is
  kSurvey,   ///< bench: what is the machine?
  kMachine,  ///< agent: the answer
  kEcho,     ///< bench: some bytes
  kEchoed,   ///< agent: they are here
  kMeasure,  ///< bench: what can it do?
  kCeilings,
  kSetUp,   ///< bench: start these workers
  kReady,   ///< agent: they are
  kArm,     ///< bench: a batch is about to start
  kArmed,   ///< agent: awake, and what its clock says
  kGate,    ///< bench: go, with a first range of tasks
  kWant,    ///< agent: few are left
  kRange,   ///< bench: some more
  kClose,   ///< bench: there are no more
  kDone,    ///< agent: its workers have done all of theirs
  kReport,  ///< agent: what each of them did
  kVerify,  ///< bench: check the last products
  kVerified,
  kProve,  ///< bench: how many threads are at work?
  kProved,
  kCount,  ///< bench: what has the kernel counted?
  kCounted,
  kLatencies,  ///< bench: what did tasks take since the last time?
  kTaken,
  kEnd,  ///< bench: let the workers end
  kEnded,
  kFailed,  ///< agent: something went wrong, and what
  kBeat,    ///< agent: still here
};
inline constexpr std::uint8_t kMessages =
    static_cast<std::uint8_t>(Message::kBeat) + 1;

/// The other side is gone, silent, or says what makes no sense; what() is the
/// cause, without naming the other side.
class LinkError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One message as it came.
struct Frame {
  Message message = Message::kBeat;
  std::string body;

  bool operator==(const Frame&) const = default;
};

/// The longest body that is taken: machines of thousands of CPUs fit in.
inline constexpr std::size_t kLongestBody = 16U << 20U;

/// A frame as bytes: the body's length, 4 bytes with the least first, the
/// message, the body.
std::string EncodeFrame(Message message, std::string_view body);

/// Makes frames of bytes that come in pieces of any size.
class FrameReader {
 public:
  void Feed(std::string_view bytes);
  /// The next whole frame. Throws LinkError for an unknown message, or one that
  /// is too long.
  std::optional<Frame> Next();

 private:
  std::string bytes_;
  std::size_t taken_ = 0;  ///< of `bytes_`
};

/// Numbers as a body, 8 bytes each with the least first.
std::string EncodeNumbers(std::span<const std::int64_t> numbers);

/// Reads what EncodeNumbers wrote into `numbers`. Throws LinkError for another
/// count.
void DecodeNumbers(std::string_view body, std::span<std::int64_t> numbers);

}  // namespace hybrid

#endif  // HYBRID_CLUSTER_FRAME_H_
