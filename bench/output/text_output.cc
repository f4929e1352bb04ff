#include "output/text_output.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <system_error>

#include "base/terminal.h"
#include "base/text.h"
#include "base/write_fully.h"

namespace hybrid {

void TextOutput::Print(std::string_view text) {
  if (error_ == 0) error_ = WriteFully(fd_, text);
}

bool TextOutput::IsTerminal() const { return isatty(fd_) != 0; }

bool TextOutput::TakesStyle() const { return hybrid::TakesStyle(fd_); }

std::size_t TextOutput::Columns() const {
  winsize size{};
  if (ioctl(fd_, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) {
    return kScreenColumns;
  }
  return size.ws_col;
}

std::string TextOutput::Failure() const {
  if (error_ == 0) return "";
  return fmt::format("standard {}: {}",
                     fd_ == STDERR_FILENO ? "error" : "output",
                     std::generic_category().message(error_));
}

}  // namespace hybrid
