#include "base/terminal.h"

#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace hybrid {
namespace {

std::string_view Variable(const char* name) {
  const char* const value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
  return value == nullptr ? std::string_view() : value;
}

}  // namespace

bool TakesStyle(int fd) {
  const std::string_view terminal = Variable("TERM");
  return isatty(fd) == 1 && Variable("NO_COLOR").empty() && !terminal.empty() &&
         terminal != "dumb";
}

}  // namespace hybrid
