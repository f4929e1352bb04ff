#ifndef HYBRID_WORKER_PROGRAM_OUTPUT_H_
#define HYBRID_WORKER_PROGRAM_OUTPUT_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/unique_fd.h"

namespace hybrid {

/// The end of what a program prints, however much that is: the last 4 KiB.
class PrintedTail {
 public:
  void Add(std::string_view text);

  std::string_view text() const { return text_; }

 private:
  std::string text_;
};

/// One end of a pipe from a program, whose lines are taken one by one.
class LineReader {
 public:
  explicit LineReader(UniqueFd fd);

  int fd() const { return fd_.get(); }
  bool at_end() const { return at_end_; }

  /// Reads what there is, without waiting.
  void Fill();

  /// The next whole line without its end, or, at the end of all, half a one;
  /// nothing if there is none yet. Throws std::runtime_error for a line that is
  /// longer than kMostLineBytes.
  std::optional<std::string> TakeLine();

  /// Whether anything was read and not taken.
  bool has_more() const { return taken_ < buffer_.size(); }

  /// All that was read and not taken.
  std::string TakeAll();

 private:
  UniqueFd fd_;
  std::string buffer_;
  std::size_t taken_ = 0;  ///< of the buffer
  bool at_end_ = false;
};

}  // namespace hybrid

#endif  // HYBRID_WORKER_PROGRAM_OUTPUT_H_
