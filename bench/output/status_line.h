#ifndef HYBRID_BENCH_OUTPUT_STATUS_LINE_H_
#define HYBRID_BENCH_OUTPUT_STATUS_LINE_H_

#include <string>

#include "output/text_output.h"

namespace hybrid {

/// The line at the bottom of a terminal that says what is being done now. On
/// anything but a terminal there is none.
class StatusLine {
 public:
  /// `out` has to live on.
  explicit StatusLine(TextOutput& out);
  ~StatusLine() { Clear(); }
  StatusLine(const StatusLine&) = delete;
  StatusLine& operator=(const StatusLine&) = delete;

  bool is_terminal() const { return is_terminal_; }

  /// Shows `text`, cut to the terminal's width, in place of what is shown.
  void Show(const std::string& text);
  /// Takes the line away, before anything else is printed.
  void Clear();

 private:
  TextOutput& out_;
  bool is_terminal_;
  bool shown_ = false;
};

}  // namespace hybrid

#endif  // HYBRID_BENCH_OUTPUT_STATUS_LINE_H_
