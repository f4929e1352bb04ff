// Faults of a worker that no signal from outside can cause.

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "results/csv_reader.h"
#include "test_bench.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

/// Bench kills workers that gave up, and one that is killed while its leak
/// sanitizer runs leaves that one's own process behind.
constexpr char kNoLeakCheck[] = "LSAN_OPTIONS=detect_leaks=0";

struct Fault {
  std::string name;
  std::string cause;  ///< what the messages have to say of it
};

class WorkerFaultTest : public BenchTest,
                        public ::testing::WithParamInterface<Fault> {};

TEST_P(WorkerFaultTest, FailsEveryConfigurationAndReportsNoTime) {
  const BenchResult result = Run(
      Quick({"--hang_timeout=1", "--worker=" + FaultyWorker(), "--csv=r.csv"}),
      {.environment = {"HYBRID_TEST_FAULT=" + GetParam().name, kNoLeakCheck},
       .largest_file_bytes = 0,
       .cpus = 0});
  EXPECT_EQ(result.exit_code(), 1);
  const std::vector<Row> rows = ReadCsv(File("r.csv"));
  ASSERT_THAT(rows, SizeIs(2));
  for (const Row& row : rows) {
    EXPECT_EQ(row.status, Status::kError);
    EXPECT_THAT(row.error,
                AllOf(HasSubstr("worker"), HasSubstr(GetParam().cause)));
    EXPECT_FALSE(HasMeasurement(row));
  }
  for (const char* split : {"1×1", "2×1"}) {
    EXPECT_THAT(
        Lines(result.err),
        Contains(AllOf(HasSubstr("n=16"), HasSubstr(split), HasSubstr("worker"),
                       HasSubstr(GetParam().cause))));
  }
  EXPECT_THAT(result.out, Not(HasSubstr("BLIS_NUM_THREADS")));
}

INSTANTIATE_TEST_SUITE_P(
    Faults, WorkerFaultTest,
    ::testing::Values(Fault{"exit3_before_ready", "status 3"},
                      Fault{"segv_before_ready", "was"},
                      Fault{"exit3_mid_batch", "status 3"},
                      Fault{"throw_mid_batch", "bad_alloc"},
                      Fault{"sleep_mid_batch", "hung"},
                      Fault{"wrong_product", "wrong result"},
                      Fault{"report_threads", "7 BLAS threads"},
                      Fault{"report_threading", "pthread"}),
    [](const auto& instance) { return instance.param.name; });

class WorkerEndTest : public BenchTest {};

// The measurements are good, but what ends badly has to be looked at.
TEST_F(WorkerEndTest, BadEndIsAFailureOfTheRun) {
  const BenchResult result =
      Run(Quick({"--workers=2", "--worker=" + FaultyWorker(), "--csv=r.csv"}),
          {.environment = {"HYBRID_TEST_FAULT=exit5_at_end"},
           .largest_file_bytes = 0,
           .cpus = 0});
  EXPECT_EQ(result.exit_code(), 1);
  EXPECT_THAT(Lines(result.err),
              Contains(AllOf(HasSubstr("n=16"), HasSubstr("status 5"))));
}

TEST_F(WorkerEndTest, FaultyWorkerWithoutAFaultIsTheRealOne) {
  const BenchResult result =
      Run(Quick({"--workers=2", "--worker=" + FaultyWorker(), "--csv=r.csv"}));
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_EQ(CountRows(File("r.csv")), 2U);
}

}  // namespace
}  // namespace hybrid
