#include <fmt/format.h>

#include <string>

#include "analysis/answer_text_parts.h"

namespace hybrid {

std::string ProcessesText(const Split& split) {
  return split.workers == 1 ? std::string("1 process")
                            : fmt::format("{} worker processes", split.workers);
}

std::string ThreadsText(const Split& split) {
  return fmt::format("export BLIS_NUM_THREADS={}", split.blas_threads);
}

std::string ArchTypeText(const std::string& blis_arch_type,
                         const std::string& kernels) {
  return "export BLIS_ARCH_TYPE=" + blis_arch_type +
         (kernels.empty() ? "" : "   # " + kernels);
}

}  // namespace hybrid
