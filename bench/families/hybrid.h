#ifndef HYBRID_BENCH_FAMILIES_HYBRID_H_
#define HYBRID_BENCH_FAMILIES_HYBRID_H_

#include <memory>
#include <vector>

#include "fixture.h"
#include "sweep/sweep.h"

namespace hybrid {

using Fixtures = std::vector<std::unique_ptr<Fixture>>;

/// Adds one fixture for every configuration of the sweep: the whole product.
void AddHybrid(const Sweep& sweep, Session& session, Fixtures& fixtures);

}  // namespace hybrid

#endif  // HYBRID_BENCH_FAMILIES_HYBRID_H_
