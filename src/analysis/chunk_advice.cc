#include "analysis/chunk_advice.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/advice.h"
#include "analysis/format_units.h"
#include "base/text.h"
#include "operation/operation.h"

namespace hybrid {
namespace {

/// Where as many chunks as each worker is to get leave Pool to cost clearly
/// more than wanted.
constexpr double kWorthTelling = 2 * kMostPoolShare;

/// `dividend` / `divisor`, up to the next whole number.
std::uint64_t RoundedUp(std::uint64_t dividend, std::uint64_t divisor) {
  return dividend / divisor + (dividend % divisor == 0 ? 0 : 1);
}

}  // namespace

std::optional<ChunkAdvice> AdviseChunks(const Key& key,
                                        const SplitResult& use) {
  const std::uint64_t workers = use.split.workers;
  const bool is_pool = use.split.engine == Engine::kProcesses && workers > 1 &&
                       // A pool has one host.
                       use.split.host_count == 1 && !key.is_whole() &&
                       !ComputesNothing(key.operation);
  if (!is_pool || key.batch == 0 || !use.median_s || !use.evidence.idle_share) {
    return std::nullopt;
  }
  ChunkAdvice advice;
  const double busy_s = (1 - *use.evidence.idle_share) * *use.median_s;
  advice.task_s =
      busy_s * static_cast<double>(workers) / static_cast<double>(key.batch);
  if (!std::isfinite(advice.task_s) || advice.task_s <= 0) return std::nullopt;
  // As Pool.map rounds; divided one by one, for a file may tell any numbers.
  const std::uint64_t share = RoundedUp(key.batch, workers);
  const std::uint64_t most = RoundedUp(share, kChunksPerWorker);
  const double wanted =
      std::ceil(kPoolChunkSeconds / (kMostPoolShare * advice.task_s));
  advice.tasks = wanted < static_cast<double>(most)
                     ? static_cast<std::uint64_t>(wanted)
                     : most;
  advice.pool_share =
      kPoolChunkSeconds / (static_cast<double>(advice.tasks) * advice.task_s);
  return advice;
}

std::string ChunkCostText(const ChunkAdvice& advice) {
  return fmt::format("tasks of {} {} cost Pool an estimated {} of their time",
                     FormatSeconds(advice.task_s),
                     advice.tasks == 1
                         ? std::string("one by one")
                         : fmt::format("in chunks of {}", advice.tasks),
                     FormatPercent(advice.pool_share));
}

std::string ChunkSentence(const Answer& answer) {
  // Who sweeps an operation need not have it in Python.
  if (!answer.key.runs_command()) return {};
  if (!HasChoice(answer) || PossiblyBest(answer, answer) != nullptr) return {};
  const auto advice = AdviseChunks(answer.key, *answer.recommended());
  if (!advice) return {};
  std::string text = fmt::format(
      "Pool({}).map(…, chunksize={}): {} ({} a chunk with little "
      "to send)",
      answer.recommended()->split.workers, advice->tasks,
      ChunkCostText(*advice), FormatSeconds(kPoolChunkSeconds));
  if (advice->pool_share > kWorthTelling) {
    text += fmt::format("; longer chunks need batches of more than {}",
                        Counted(answer.key.batch, "task"));
  }
  return text;
}

std::string ChunkText(const Answer& answer) {
  const std::string sentence = ChunkSentence(answer);
  return sentence.empty() ? sentence : FormatItems("chunks", {sentence});
}

}  // namespace hybrid
