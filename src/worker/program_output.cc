#include "worker/program_output.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <stdexcept>
#include <utility>

#include "worker/program_lines.h"

namespace hybrid {
namespace {

constexpr std::size_t kKeptBytes = 4096;

}  // namespace

void PrintedTail::Add(std::string_view text) {
  text_ += text;
  if (text_.size() > kKeptBytes) text_.erase(0, text_.size() - kKeptBytes);
}

LineReader::LineReader(UniqueFd fd) : fd_(std::move(fd)) {
  fcntl(fd_.get(), F_SETFL, O_NONBLOCK);
}

void LineReader::Fill() {
  buffer_.erase(0, std::exchange(taken_, 0));
  std::array<char, 65536> chunk;
  // As much as a pipe can hold, but no end where more and more comes.
  for (int i = 0; i < 16; ++i) {
    const ssize_t size = read(fd_.get(), chunk.data(), chunk.size());
    if (size > 0) buffer_.append(chunk.data(), static_cast<std::size_t>(size));
    at_end_ = size == 0 || (size < 0 && errno != EAGAIN && errno != EINTR);
    if (size <= 0) return;
  }
}

std::optional<std::string> LineReader::TakeLine() {
  const std::size_t end = buffer_.find('\n', taken_);
  if (end == std::string::npos) {
    if (buffer_.size() - taken_ > kMostLineBytes) {
      throw std::runtime_error(
          fmt::format("said a line of more than {} bytes", kMostLineBytes));
    }
    if (taken_ == buffer_.size() || at_end_) {
      std::string rest = TakeAll();
      if (!rest.empty()) return rest;
    }
    return std::nullopt;
  }
  std::string line = buffer_.substr(taken_, end - taken_);
  taken_ = end + 1;
  return line;
}

std::string LineReader::TakeAll() {
  std::string rest = buffer_.substr(taken_);
  buffer_.clear();
  taken_ = 0;
  return rest;
}

}  // namespace hybrid
