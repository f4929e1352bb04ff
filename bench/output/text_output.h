#ifndef HYBRID_BENCH_OUTPUT_TEXT_OUTPUT_H_
#define HYBRID_BENCH_OUTPUT_TEXT_OUTPUT_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace hybrid {

/// A standard stream that a run prints on. Once it can't be written (a full
/// disk, a reader or a terminal that is gone) the run goes on without it: what
/// is measured matters more than who looks on.
class TextOutput {
 public:
  /// `fd` stays open.
  explicit TextOutput(int fd) : fd_(fd) {}
  TextOutput(const TextOutput&) = delete;
  TextOutput& operator=(const TextOutput&) = delete;

  void Print(std::string_view text);
  bool IsTerminal() const;
  /// Whether what is printed may have bold and colour.
  bool TakesStyle() const;
  /// How wide the terminal is; 80 where that is not known.
  std::size_t Columns() const;

  /// Why not all of it was written, as `standard output: No space left on
  /// device`; empty if it was.
  std::string Failure() const;

 private:
  int fd_;
  int error_ = 0;  // of the first write that failed
};

}  // namespace hybrid

#endif  // HYBRID_BENCH_OUTPUT_TEXT_OUTPUT_H_
