// Everything stops in the midst of a batch, as by Ctrl-Z, and goes on.

#include <gmock/gmock.h>
#include <signal.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "results/csv_reader.h"
#include "test_bench.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class PauseTest : public BenchTest {};

TEST_F(PauseTest, IsNoReasonToCallASplitSlow) {
  BenchProcess bench(
      folder(), Quick({"--n=700", "--batch=32", "--cap=auto", "--csv=r.csv",
                       "--benchmark_min_time=0.3", "--launch=keep"}));
  bench.Await([&] { return CountRows(File("r.csv")) == 2; });
  const std::vector<Row> single = ReadCsv(File("r.csv"));
  bench.AwaitBusyWorker();
  kill(-bench.pid(), SIGSTOP);
  // Longer than the cap of what follows: four times the fastest so far.
  usleep(1000000 + static_cast<useconds_t>(6e6 * *single[0].wall_s));
  kill(-bench.pid(), SIGCONT);
  const BenchResult result = bench.Wait();
  EXPECT_EQ(result.exit_code(), 0) << result.err;
  EXPECT_THAT(Lines(result.err),
              Contains(AllOf(HasSubstr("n=700"), HasSubstr("2×1"),
                             HasSubstr("stood still for"),
                             HasSubstr("measured anew"))));
  const std::vector<Row> rows = ReadCsv(File("r.csv"));
  ASSERT_THAT(rows, SizeIs(4));
  for (const Row& row : rows) {
    EXPECT_EQ(row.status, Status::kOk) << row.workers;
    EXPECT_EQ(row.tasks_done, 32U);
    EXPECT_LT(row.wall_s.value(), 4 * *single[0].wall_s);
  }
}

}  // namespace
}  // namespace hybrid
