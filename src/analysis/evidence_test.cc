#include "analysis/evidence.h"

#include <gtest/gtest.h>

#include <optional>
#include <vector>

#include "analysis/pooled_rows.h"
#include "analysis/recorded_ceilings.h"
#include "analysis/test_rows.h"

namespace hybrid {
namespace {

Evidence EvidenceOf(const std::vector<Row>& rows) {
  return PoolEvidence(RowPointers(rows));
}

TEST(EvidenceTest, NothingMeasuredIsAbsent) {
  TestRows test;
  test.base.operation = "none";
  test.Ok({2, 1}, {1, 2});
  const Evidence evidence = EvidenceOf(test.rows);
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
  const Evidence evidence = EvidenceOf(test.rows);
  EXPECT_DOUBLE_EQ(*evidence.load_share, 0.2);
  EXPECT_DOUBLE_EQ(*evidence.operate_share, 0.7);
  EXPECT_DOUBLE_EQ(*evidence.run_delay, 0.5);
}

TEST(EvidenceTest, ThreadsSeenAreOfTheRepetitionsThatTellThem) {
  TestRows test;
  test.Ok({1, 4}, {1, 1, 1});
  EXPECT_EQ(EvidenceOf(test.rows).threads_seen, std::nullopt);
  test.rows[1].threads_seen = 3;
  EXPECT_EQ(EvidenceOf(test.rows).threads_seen, 3.0);
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
  const Evidence evidence = EvidenceOf(test.rows);
  EXPECT_DOUBLE_EQ(*evidence.involuntary_per_s, 40);
  EXPECT_DOUBLE_EQ(*evidence.gflops_per_thread, 2);
  EXPECT_DOUBLE_EQ(*evidence.steal_share, 0.1);  // of 2 cores, not 8 threads
  EXPECT_DOUBLE_EQ(*evidence.throttled_share, 0.1);
}

TEST(EvidenceTest, HostsHaveTheirCoresAndWaits) {
  TestRows test;
  const auto more = [](Row& row) {
    row.gflops = 16;
    row.steal_s = 0.1;
  };
  test.Ok({1, 2, Engine::kProcesses, 4}, {0.5},
          HostShares(0.1, 0.02, 7) + Phases(0.1, 0.8, 0.2) + more);
  const Evidence evidence = EvidenceOf(test.rows);
  EXPECT_DOUBLE_EQ(*evidence.gflops_per_thread, 2);
  EXPECT_DOUBLE_EQ(*evidence.run_delay, 0.2);
  EXPECT_DOUBLE_EQ(*evidence.steal_share, 0.1 / 0.5 / 8);
  EXPECT_DOUBLE_EQ(*evidence.network_share, 0.1);
  EXPECT_DOUBLE_EQ(*evidence.gate_s, 0.025);
  EXPECT_DOUBLE_EQ(*evidence.starved_share, 0.02);
  EXPECT_DOUBLE_EQ(*evidence.starved_s, 0.01);
  EXPECT_DOUBLE_EQ(*evidence.ranges, 7);
  EXPECT_EQ(UsedCores({4, 1, Engine::kProcesses, 3}, 2), 6);
  EXPECT_EQ(UsedCores({1, 1, Engine::kProcesses, 3}, 2), 3);
}

TEST(EvidenceTest, NobodyIsThrottledForLongerThanHeRuns) {
  TestRows test;
  // Two CPUs stood still where a quota leaves one core to use.
  test.Ok({2, 1}, {1}, [](Row& row) {
    row.usable_cores = 1;
    row.throttled_s = 1.13;
  });
  EXPECT_DOUBLE_EQ(*PoolEvidence(RowPointers(test.rows)).throttled_share, 1);
}

TEST(EvidenceTest, OfACappedSplitOnlyItsCappedRowsCount) {
  TestRows test;
  test.Ok({2, 2}, {1}, Phases(0.5, 0.5));
  test.Capped({2, 2}, 4, 1, Phases(0.1, 0.9));
  const PooledRows result = PoolRows(RowPointers(test.rows));
  EXPECT_DOUBLE_EQ(*result.evidence.load_share, 0.1);
}

TEST(RecordedCeilingsTest, TextHoldsWhatWasMeasured) {
  RecordedCeilings ceilings;
  AddCeilings(Row(), ceilings);
  EXPECT_EQ(CeilingsText(ceilings), "");
  Row row;
  row.peak_gflops = 118;
  AddCeilings(row, ceilings);
  EXPECT_EQ(CeilingsText(ceilings), "measured peak 118 GFLOP/s");
  row.peak_gflops = 90;  // disturbed
  row.core_peak_gflops = 59.3;
  row.triad_bytes_per_s = 21e9;
  row.core_triad_bytes_per_s = 14e9;
  AddCeilings(row, ceilings);
  EXPECT_EQ(CeilingsText(ceilings),
            "measured peak 118 GFLOP/s (59.3 one core), triad 21.0 GB/s "
            "(14.0 one core)");
}

TEST(RecordedCeilingsTest, EachPrecisionHasItsOwnPeak) {
  RecordedCeilings ceilings;
  Row row;
  row.peak_gflops = 100;
  row.gflops = 90;
  AddCeilings(row, ceilings);
  row.precision = Precision::kSingle;
  row.peak_gflops = 200;
  row.gflops = 180;
  AddCeilings(row, ceilings);
  RefuseImpossiblePeaks(ceilings);
  EXPECT_EQ(CeilingsText(ceilings),
            "measured peak 100 GFLOP/s, peak in single precision 200 GFLOP/s");
}

TEST(RecordedCeilingsTest, ImpossiblePeaksAreRefused) {
  std::vector<Row> rows(2);
  const auto text = [&rows] {
    RecordedCeilings ceilings;
    for (const Row& row : rows) AddCeilings(row, ceilings);
    RefuseImpossiblePeaks(ceilings);
    return CeilingsText(ceilings);
  };
  rows[0].peak_gflops = 53;
  rows[0].core_peak_gflops = 80;
  EXPECT_EQ(text(), "");
  rows[0].core_peak_gflops = 26;
  rows[1].gflops = 60;
  EXPECT_EQ(text(), "");
  // By a count that nobody agrees on.
  rows[1].operation = "gesdd";
  EXPECT_EQ(text(), "measured peak 53.0 GFLOP/s (26.0 one core)");
  rows[1].operation = "gemm";
  EXPECT_EQ(text(), "");
  rows[1].status = Status::kCapped;
  EXPECT_EQ(text(), "measured peak 53.0 GFLOP/s (26.0 one core)");
}

}  // namespace
}  // namespace hybrid
