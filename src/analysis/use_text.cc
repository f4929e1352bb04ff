#include "analysis/use_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "analysis/split_result.h"
#include "key/key_text.h"
#include "operation/operation.h"

namespace hybrid {
namespace {

std::string ProcessesText(const Split& split) {
  return split.workers == 1 ? std::string("1 process")
                            : fmt::format("{} worker processes", split.workers);
}

}  // namespace

std::string ThreadsText(const Split& split) {
  return fmt::format("export BLIS_NUM_THREADS={}", split.blas_threads);
}

std::string ArchTypeText(const std::string& blis_arch_type,
                         const std::string& kernels) {
  return "export BLIS_ARCH_TYPE=" + blis_arch_type +
         (kernels.empty() ? "" : "   # " + kernels);
}

std::vector<std::string> UseLines(const Answer& answer) {
  const SplitResult* const use = answer.recommended();
  const auto compared = std::count_if(
      answer.splits.begin(), answer.splits.end(), [](const SplitResult& split) {
        return split.verdict != Verdict::kDisturbed;
      });
  if (use == nullptr || compared < 2 || ComputesNothing(answer.key.operation)) {
    return {};
  }
  std::string processes = ProcessesText(use->split);
  if (use != answer.best()) {
    processes +=
        fmt::format("   # {} ties with {} and is not oversubscribed",
                    SplitText(use->split), SplitText(answer.best()->split));
  }
  std::vector<std::string> lines = {processes, ThreadsText(use->split)};
  if (!use->blis_arch_type.empty()) {
    lines.push_back(ArchTypeText(use->blis_arch_type, use->kernels));
  }
  if (use->blis_threading == "none") lines.emplace_back(kSerialBuildText);
  return lines;
}

}  // namespace hybrid
