// Feeds arbitrary bytes to what reads messages of another machine (libFuzzer).

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cluster/frame.h"
#include "cluster/messages.h"

namespace hybrid {
namespace {

void Check(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

/// What is read is written as it was meant, and all else is a LinkError.
template <typename Decode, typename Encode>
void CheckBody(std::string_view body, const Decode& decode,
               const Encode& encode) {
  std::string written;
  try {
    written = encode(decode(body));
  } catch (const LinkError& error) {
    Check(*error.what() != '\0', "an error has a cause");
    return;
  }
  Check(encode(decode(written)) == written, "what is written reads the same");
}

void CheckMessage(Message message, std::string_view body) {
  switch (message) {
    case Message::kHello:
      CheckBody(body, DecodeHello, EncodeHello);
      return;
    case Message::kMachine:
      CheckBody(body, DecodeMachine, EncodeMachine);
      return;
    case Message::kMeasure:
      CheckBody(body, DecodeMeasure, EncodeMeasure);
      return;
    case Message::kCeilings:
      CheckBody(body, DecodeCeilings, EncodeCeilings);
      return;
    case Message::kSetUp:
      CheckBody(body, DecodeSetUp, EncodeSetUp);
      return;
    case Message::kReady:
      CheckBody(body, DecodeStart, EncodeStart);
      return;
    case Message::kArmed:
      CheckBody(body, DecodeArmed, EncodeArmed);
      return;
    case Message::kGate:
      CheckBody(body, DecodeGate, EncodeGate);
      return;
    case Message::kWant:
      CheckBody(body, DecodeWant, EncodeWant);
      return;
    case Message::kRange:
      CheckBody(body, DecodeRange, EncodeRange);
      return;
    case Message::kDone:
      CheckBody(body, DecodeDone, EncodeDone);
      return;
    case Message::kReport:
      CheckBody(body, DecodeReport, EncodeReport);
      return;
    case Message::kProved:
      CheckBody(body, DecodeProved, EncodeProved);
      return;
    case Message::kCounted:
      CheckBody(body, DecodeCounters, EncodeCounters);
      return;
    case Message::kTaken:
      CheckBody(body, DecodeLatencies, EncodeLatencies);
      return;
    case Message::kFailed:
      CheckBody(body, DecodeFailure, EncodeFailure);
      return;
    default:
      // Without a body.
      return;
  }
}

struct Outcome {
  std::vector<Frame> frames;
  bool is_refused = false;

  bool operator==(const Outcome&) const = default;
};

/// Reads `bytes`, fed in pieces of `piece` bytes.
Outcome FramesOf(std::string_view bytes, std::size_t piece) {
  Outcome outcome;
  FrameReader reader;
  try {
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
      reader.Feed(bytes.substr(at, piece));
      while (std::optional<Frame> frame = reader.Next()) {
        outcome.frames.push_back(*std::move(frame));
      }
    }
  } catch (const LinkError&) {
    outcome.is_refused = true;
  }
  return outcome;
}

void CheckFrames(std::string_view bytes) {
  const Outcome whole = FramesOf(bytes, std::max<std::size_t>(1, bytes.size()));
  for (const std::size_t piece : {1U, 3U, 100U}) {
    Check(FramesOf(bytes, piece) == whole, "pieces decide nothing");
  }
  std::string written;
  for (const Frame& frame : whole.frames) {
    written += EncodeFrame(frame.message, frame.body);
    CheckMessage(frame.message, frame.body);
  }
  Check(bytes.starts_with(written), "frames are what was sent");
}

}  // namespace
}  // namespace hybrid

/// A message and its body, and all of that as a series of frames.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (!bytes.empty()) {
    hybrid::CheckMessage(
        static_cast<hybrid::Message>(data[0] % hybrid::kMessages),
        bytes.substr(1));
  }
  hybrid::CheckFrames(bytes);
  return 0;
}
