#ifndef HYBRID_BENCH_FAMILIES_BATCH_FIXTURE_H_
#define HYBRID_BENCH_FAMILIES_BATCH_FIXTURE_H_

#include <vector>

#include "fixture.h"

namespace hybrid {

/// Measures whole batches: one iteration is one batch, from the gate to the
/// last worker's finish.
class BatchFixture : public Fixture {
 public:
  using Fixture::Fixture;

  std::vector<Row> MeasureAgain(const std::vector<Row>& rows) override;

 protected:
  void Measure(benchmark::State& state, Row& row) override;
};

}  // namespace hybrid

#endif  // HYBRID_BENCH_FAMILIES_BATCH_FIXTURE_H_
