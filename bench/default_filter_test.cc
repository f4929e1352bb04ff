// What runs without --benchmark_filter.

#include <gmock/gmock.h>

#include <set>
#include <string>
#include <vector>

#include "results/csv_reader.h"
#include "test_bench.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Gt;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

/// What Quick makes of `arguments`, without its filter.
std::vector<std::string> Unfiltered(const std::vector<std::string>& arguments) {
  std::vector<std::string> all = Quick(arguments);
  std::erase(all, "--benchmark_filter=Hybrid");
  return all;
}

class DefaultFilterTest : public BenchTest {
 protected:
  std::string Out(const std::vector<std::string>& arguments,
                  const BenchSettings& settings = {}) const {
    const BenchResult result = Run(arguments, settings);
    EXPECT_EQ(result.exit_code(), 0) << result.err;
    return result.out;
  }
};

TEST_F(DefaultFilterTest, IsTheSweep) {
  Out(Unfiltered({"--csv=r.csv"}));
  std::set<Family> families;
  for (const Row& row : ReadCsv(File("r.csv"))) {
    families.insert(row.family);
    EXPECT_THAT(row.flags, HasSubstr("--benchmark_filter=Hybrid"));
  }
  EXPECT_THAT(families, ElementsAre(Family::kHybrid));
  EXPECT_THAT(Out({"--resume=r.csv"}), HasSubstr("resumed   2 of 2"));
}

// But for the memory that is available, which is another at each moment.
TEST_F(DefaultFilterTest, ADryRunSaysTheSame) {
  const auto lines = [this](const std::vector<std::string>& arguments) {
    std::vector<std::string> all = Lines(Out(arguments));
    std::erase_if(all, [](const std::string& line) {
      return line.starts_with("memory ");
    });
    return all;
  };
  const std::vector<std::string> unfiltered = lines({"--dry_run", "--n=16"});
  EXPECT_THAT(unfiltered, SizeIs(Gt(5)));
  EXPECT_EQ(unfiltered,
            lines({"--dry_run", "--n=16", "--benchmark_filter=Hybrid"}));
}

TEST_F(DefaultFilterTest, AListLeavesNothingOut) {
  EXPECT_THAT(Out({"--benchmark_list_tests", "--n=16"}),
              AllOf(HasSubstr("Hybrid/"), HasSubstr("Tutorial/"),
                    HasSubstr("Overhead/")));
}

TEST_F(DefaultFilterTest, WhatIsGivenCounts) {
  const std::vector<std::string> all{"--dry_run=full", "--n=16",
                                     "--benchmark_filter="};
  EXPECT_THAT(Out(all), AllOf(HasSubstr("Tutorial"), HasSubstr("Overhead")));
  BenchSettings settings;
  settings.environment = {"BENCHMARK_FILTER=Tutorial/serial"};
  EXPECT_THAT(Out({"--dry_run=full", "--n=16"}, settings),
              AllOf(HasSubstr("Tutorial"), Not(HasSubstr("Hybrid"))));
}

// A file that records no filter is of a bench that ran every family then.
TEST_F(DefaultFilterTest, WhatAFileSaysCounts) {
  Out(Quick({"--csv=r.csv"}));
  std::string text = ReadFile(File("r.csv"));
  const std::string filter = " --benchmark_filter=Hybrid";
  for (std::size_t at = 0; (at = text.find(filter)) != std::string::npos;) {
    text.erase(at, filter.size());
  }
  WriteFile(File("old.csv"), text);
  EXPECT_THAT(Out({"--dry_run=full", "--resume=old.csv"}),
              AllOf(HasSubstr("Tutorial"), HasSubstr("Overhead")));
  EXPECT_THAT(Out({"--dry_run=full", "--resume=r.csv"}),
              Not(HasSubstr("Tutorial")));
}

}  // namespace
}  // namespace hybrid
