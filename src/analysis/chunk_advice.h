#ifndef HYBRID_ANALYSIS_CHUNK_ADVICE_H_
#define HYBRID_ANALYSIS_CHUNK_ADVICE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "analysis/answer.h"
#include "analysis/split_result.h"
#include "key/key.h"

namespace hybrid {

/// Estimated: the CPU time that multiprocessing's Pool takes for a chunk, of
/// both sides, where numbers are all that is sent. 30 µs were measured with
/// CPython 3.11 on Zen 4 cores.
inline constexpr double kPoolChunkSeconds = 5e-5;
/// Chunks are to be so long that this is the most that Pool costs.
inline constexpr double kMostPoolShare = 0.01;
/// Each worker is to get so many chunks of a batch, as with Pool.map's own
/// choice, so that none waits long for the others.
inline constexpr std::uint64_t kChunksPerWorker = 4;

/// How many tasks a pool of Python's processes is to be given at once.
struct ChunkAdvice {
  double task_s = 0;        ///< measured: what a worker spent on a task
  std::uint64_t tasks = 1;  ///< of a chunk
  double pool_share = 0;    ///< estimated: Pool's cost over that of the tasks
};

/// The fewest tasks of a chunk for which Pool costs no more than
/// kMostPoolShare, but no more than Pool.map takes by itself for `key`'s batch
/// in kChunksPerWorker chunks a worker, rounded up. Nothing where `use` is no
/// pool of several processes, or the time of a task is not known: a program
/// that makes its own workers keeps that to itself.
std::optional<ChunkAdvice> AdviseChunks(const Key& key, const SplitResult& use);

/// "tasks of 4.10 ms in chunks of 3 cost Pool an estimated 0.81 % of their
/// time".
std::string ChunkCostText(const ChunkAdvice& advice);

/// What to give Python's Pool as its chunksize for the split to use, and why;
/// empty if there is nothing to say, or no split is to be used.
std::string ChunkSentence(const Answer& answer);

/// That as a line of a group, or nothing.
std::string ChunkText(const Answer& answer);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_CHUNK_ADVICE_H_
