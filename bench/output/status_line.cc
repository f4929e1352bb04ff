#include "output/status_line.h"

#include "base/text.h"

namespace hybrid {

StatusLine::StatusLine(TextOutput& out)
    : out_(out), is_terminal_(out.IsTerminal()) {}

void StatusLine::Show(const std::string& text) {
  if (!is_terminal_) return;
  Clear();
  // In the last column some terminals begin a new line.
  out_.Print(CutTo(text, out_.Columns() - 1));
  shown_ = true;
}

void StatusLine::Clear() {
  if (!shown_) return;
  out_.Print("\r\033[K");
  shown_ = false;
}

}  // namespace hybrid
