#include "cluster/frame.h"

#include <fmt/format.h>

namespace hybrid {
namespace {

constexpr std::size_t kLengthBytes = 4;
constexpr std::size_t kHeaderBytes = kLengthBytes + 1;
constexpr std::size_t kNumberBytes = 8;

void AppendNumber(std::string& bytes, std::uint64_t number, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) {
    bytes += static_cast<char>(number >> (8 * i) & 0xFF);
  }
}

std::uint64_t NumberAt(std::string_view bytes, std::size_t at,
                       std::size_t size) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const auto byte = static_cast<unsigned char>(bytes[at + i]);
    number |= std::uint64_t{byte} << (8 * i);
  }
  return number;
}

}  // namespace

std::string EncodeFrame(Message message, std::string_view body) {
  std::string bytes;
  bytes.reserve(kHeaderBytes + body.size());
  AppendNumber(bytes, body.size(), kLengthBytes);
  bytes += static_cast<char>(message);
  bytes += body;
  return bytes;
}

void FrameReader::Feed(std::string_view bytes) {
  if (taken_ > bytes_.size() / 2) {
    bytes_.erase(0, taken_);
    taken_ = 0;
  }
  bytes_ += bytes;
}

std::optional<Frame> FrameReader::Next() {
  const std::string_view left = std::string_view(bytes_).substr(taken_);
  if (left.size() < kHeaderBytes) return std::nullopt;
  const std::uint64_t length = NumberAt(left, 0, kLengthBytes);
  const auto message = static_cast<std::uint8_t>(left[kLengthBytes]);
  if (length > kLongestBody || message >= kMessages) {
    throw LinkError(fmt::format("sent what is no message: {} of {} bytes",
                                message, length));
  }
  if (left.size() < kHeaderBytes + length) return std::nullopt;
  Frame frame{.message = static_cast<Message>(message),
              .body = std::string(left.substr(kHeaderBytes, length))};
  taken_ += kHeaderBytes + length;
  return frame;
}

std::string EncodeNumbers(std::span<const std::int64_t> numbers) {
  std::string body;
  body.reserve(kNumberBytes * numbers.size());
  for (const std::int64_t number : numbers) {
    AppendNumber(body, static_cast<std::uint64_t>(number), kNumberBytes);
  }
  return body;
}

void DecodeNumbers(std::string_view body, std::span<std::int64_t> numbers) {
  if (body.size() != kNumberBytes * numbers.size()) {
    throw LinkError(fmt::format("sent {} bytes where {} numbers belong",
                                body.size(), numbers.size()));
  }
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    numbers[i] = static_cast<std::int64_t>(
        NumberAt(body, i * kNumberBytes, kNumberBytes));
  }
}

}  // namespace hybrid
