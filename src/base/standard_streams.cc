#include "base/standard_streams.h"

#include <unistd.h>

#include "base/system_error.h"
#include "base/write_fully.h"

namespace hybrid {

void PrintError(std::string_view text) noexcept {
  WriteFully(STDERR_FILENO, text);
}

void PrintOutput(std::string_view text) {
  if (const int error = WriteFully(STDOUT_FILENO, text)) {
    ThrowSystemError("standard output", error);
  }
}

}  // namespace hybrid
