#ifndef HYBRID_MEASURE_SAMPLE_H_
#define HYBRID_MEASURE_SAMPLE_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "key/key.h"
#include "pool/worker_group.h"
#include "results/row.h"

namespace hybrid {

/// Adds up the batches of one repetition, on however many hosts.
class Sample {
 public:
  /// Adds one batch.
  void Add(const BatchTiming& timing);

  /// Writes the means per batch, and what follows from them, into `row`;
  /// nothing if there was no batch.
  void Fill(const Key& key, Row& row) const;

 private:
  std::optional<double> Imbalance() const;
  void FillHost(Row& row) const;

  std::uint64_t batches_ = 0;
  std::uint64_t tasks_ = 0;
  double wall_s_ = 0;
  std::vector<WorkerTiming> workers_;
  HostTiming hosts_;  // sums over the batches that tell a host
  std::uint64_t hosts_told_ = 0;
};

}  // namespace hybrid

#endif  // HYBRID_MEASURE_SAMPLE_H_
