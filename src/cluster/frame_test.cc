#include "cluster/frame.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace hybrid {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

std::vector<Frame> FramesOf(const std::string& bytes, std::size_t piece) {
  FrameReader reader;
  std::vector<Frame> frames;
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    reader.Feed(std::string_view(bytes).substr(at, piece));
    while (std::optional<Frame> frame = reader.Next()) {
      frames.push_back(*std::move(frame));
    }
  }
  return frames;
}

TEST(FrameTest, ComesThroughInPiecesOfAnySize) {
  const std::string bytes =
      EncodeFrame(Message::kHello, "who") + EncodeFrame(Message::kBeat, "") +
      EncodeFrame(Message::kReport, std::string(999, 'x'));
  for (const std::size_t piece : {1U, 2U, 7U, 100U, 5000U}) {
    EXPECT_THAT(
        FramesOf(bytes, piece),
        ElementsAre(Frame{Message::kHello, "who"}, Frame{Message::kBeat, ""},
                    Frame{Message::kReport, std::string(999, 'x')}))
        << piece;
  }
}

TEST(FrameTest, HalfAFrameIsNone) {
  const std::string bytes = EncodeFrame(Message::kHello, "who");
  EXPECT_TRUE(FramesOf(bytes.substr(0, bytes.size() - 1), 1).empty());
}

TEST(FrameTest, RefusesWhatIsNoMessage) {
  std::string unknown = EncodeFrame(Message::kBeat, "");
  unknown.back() = static_cast<char>(kMessages);
  EXPECT_THAT([&] { FramesOf(unknown, 5); },
              ThrowsMessage<LinkError>(HasSubstr("no message")));
  // Before memory is taken for it.
  EXPECT_THAT([&] { FramesOf(std::string(5, '\xff'), 5); },
              ThrowsMessage<LinkError>(HasSubstr("4294967295 bytes")));
}

TEST(FrameTest, NumbersComeBack) {
  const std::array<std::int64_t, 3> numbers{
      0, -1, std::numeric_limits<std::int64_t>::min()};
  std::array<std::int64_t, 3> back{};
  DecodeNumbers(EncodeNumbers(numbers), back);
  EXPECT_EQ(back, numbers);
  std::array<std::int64_t, 2> fewer{};
  EXPECT_THROW(DecodeNumbers(EncodeNumbers(numbers), fewer), LinkError);
}

}  // namespace
}  // namespace hybrid
