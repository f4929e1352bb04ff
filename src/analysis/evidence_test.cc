#include "analysis/evidence.h"

#include <gtest/gtest.h>

#include <optional>
#include <vector>

#include "analysis/pooled_rows.h"
#include "analysis/recorded_ceilings.h"
#include "analysis/test_rows.h"

namespace hybrid {
namespace {

Evidence Pooled(const std::vector<Row>& rows) {
  std::vector<const Row*> pointers;
  for (const Row& row : rows) pointers.push_back(&row);
  return PoolEvidence(pointers);
}

TEST(EvidenceTest, NothingMeasuredIsAbsent) {
  TestRows test;
  test.base.operation = "none";
  test.Ok({2, 1}, {1, 2});
  const Evidence evidence = Pooled(test.rows);
  EXPECT_EQ(evidence.load_share, std::nullopt);
  EXPECT_EQ(evidence.run_delay, std::nullopt);
  EXPECT_EQ(evidence.involuntary_per_s, std::nullopt);
  EXPECT_EQ(evidence.gflops_per_thread, std::nullopt);
  EXPECT_EQ(evidence.steal_share, std::nullopt);
}

TEST(EvidenceTest, SharesAreMediansPerRepetition) {
  TestRows test;
  test.Ok({2, 2}, {1}, Phases(0.1, 0.8, 0.4));
  test.Ok({2, 2}, {2}, Phases(0.2, 0.7, 0.5));
  test.Ok({2, 2}, {100}, Phases(0.9, 0.1, 0.9));
  const Evidence evidence = Pooled(test.rows);
  EXPECT_DOUBLE_EQ(*evidence.load_share, 0.2);
  EXPECT_DOUBLE_EQ(*evidence.operate_share, 0.7);
  EXPECT_DOUBLE_EQ(*evidence.run_delay, 0.5);
}

TEST(EvidenceTest, RatesArePerThreadCoreAndSampledSecond) {
  TestRows test;
  test.Ok({4, 2}, {0.5}, [](Row& row) {
    row.iterations = 10;
    row.involuntary_switches = 200;
    row.gflops = 16;
    row.steal_s = 0.1;
    row.throttled_s = 0.1;
  });
  const Evidence evidence = Pooled(test.rows);
  EXPECT_DOUBLE_EQ(*evidence.involuntary_per_s, 40);
  EXPECT_DOUBLE_EQ(*evidence.gflops_per_thread, 2);
  EXPECT_DOUBLE_EQ(*evidence.steal_share, 0.1);  // of 2 cores, not 8 threads
  EXPECT_DOUBLE_EQ(*evidence.throttled_share, 0.2);
}

TEST(EvidenceTest, OfACappedSplitOnlyItsCappedRowsCount) {
  TestRows test;
  test.Ok({2, 2}, {1}, Phases(0.5, 0.5));
  test.Capped({2, 2}, 4, 1, Phases(0.1, 0.9));
  const PooledRows result =
      PoolRows(std::vector<const Row*>{&test.rows[0], &test.rows[1]});
  EXPECT_DOUBLE_EQ(*result.evidence.load_share, 0.1);
}

TEST(RecordedCeilingsTest, TextHoldsWhatWasMeasured) {
  std::vector<Row> rows(2);
  EXPECT_EQ(CeilingsText(CeilingsOf(rows)), "");
  rows[0].peak_gflops = 118;
  EXPECT_EQ(CeilingsText(CeilingsOf(rows)), "measured peak 118 GFLOP/s");
  rows[1].peak_gflops = 90;  // disturbed
  rows[1].core_peak_gflops = 59.3;
  rows[1].triad_bytes_per_s = 21e9;
  rows[1].core_triad_bytes_per_s = 14e9;
  EXPECT_EQ(CeilingsText(CeilingsOf(rows)),
            "measured peak 118 GFLOP/s (59.3 one core), triad 21.0 GB/s "
            "(14.0 one core)");
}

TEST(RecordedCeilingsTest, ImpossiblePeaksAreRefused) {
  std::vector<Row> rows(2);
  rows[0].peak_gflops = 53;
  rows[0].core_peak_gflops = 80;
  EXPECT_EQ(CeilingsText(CeilingsOf(rows)), "");
  rows[0].core_peak_gflops = 26;
  rows[1].gflops = 60;
  EXPECT_EQ(CeilingsText(CeilingsOf(rows)), "");
  rows[1].status = Status::kCapped;
  EXPECT_EQ(CeilingsText(CeilingsOf(rows)),
            "measured peak 53.0 GFLOP/s (26.0 one core)");
}

}  // namespace
}  // namespace hybrid
