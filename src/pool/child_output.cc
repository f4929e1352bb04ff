#include "pool/child_output.h"

#include <cstddef>

namespace hybrid {
namespace {

constexpr std::size_t kBytes = 16384;

}  // namespace

ChildOutput::ChildOutput() : memory_("hybridbench-output", kBytes) {}

std::string_view ChildOutput::text() const {
  const std::string_view all(static_cast<const char*>(memory_.data()),
                             memory_.size());
  return all.substr(0, all.find('\0'));
}

}  // namespace hybrid
