#include "measure/measured_memory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "key/test_keys.h"

namespace hybrid {
namespace {

using ::testing::Optional;

constexpr std::uint64_t kGib = std::uint64_t{1} << 30;

Machine WithAvailable(std::uint64_t bytes) {
  Machine machine;
  machine.memory_available_bytes = bytes;
  return machine;
}

Row Measured(const Key& key, std::uint64_t bytes) {
  Row row;
  static_cast<Key&>(row) = key;
  row.peak_memory_bytes = bytes;
  return row;
}

std::optional<std::string> WhyNot(const std::vector<Row>& rows, const Key& key,
                                  std::uint64_t available = 8 * kGib) {
  return MeasuredMemory(rows).WhyNot(key, WithAvailable(available));
}

TEST(MeasuredMemoryTest, AsManyTimesAsWorkersMustFit) {
  const std::vector<Row> rows{Measured(CommandKey("./job", 8), 3 * kGib / 2)};
  EXPECT_FALSE(WhyNot(rows, CommandKey("./job", 8, 4)));
  EXPECT_THAT(WhyNot(rows, CommandKey("./job", 8, 8)),
              Optional(std::string("8 workers would need 12 GiB of 8 GiB "
                                   "(measured on 1×1)")));
  // More than 80 %, though not all.
  EXPECT_TRUE(WhyNot(rows, CommandKey("./job", 8, 5)));
}

TEST(MeasuredMemoryTest, WhatIsNotKnownForbidsNothing) {
  const Key key = CommandKey("./job", 8, 8);
  EXPECT_FALSE(WhyNot({}, key));
  Row unknown = Measured(key, 0);
  unknown.peak_memory_bytes.reset();
  EXPECT_FALSE(WhyNot({unknown}, key));
  const MeasuredMemory memory(std::vector{Measured(key, 90 * kGib)});
  EXPECT_TRUE(memory.WhyNot(key, WithAvailable(8 * kGib)));
  EXPECT_FALSE(memory.WhyNot(key, Machine()));
}

TEST(MeasuredMemoryTest, OfTheSameCommandNVariablesAndProtocolAlone) {
  const Key measured = CommandKey("./job", 8);
  const std::vector<Row> rows{Measured(measured, 4 * kGib)};
  Key key = CommandKey("./job", 32, 2);
  key.seed = 1;
  key.family = Family::kNoise;
  EXPECT_TRUE(WhyNot(rows, key));
  for (const auto& change : std::vector<void (*)(Key&)>{
           [](Key& k) { k.command = "./other"; }, [](Key& k) { k.n = 512; },
           [](Key& k) { k.environment = "A=1"; },
           [](Key& k) { k.protocol = "once"; },
           [](Key& k) { k.engine = Engine::kThreads; }}) {
    Key other = key;
    change(other);
    EXPECT_FALSE(WhyNot(rows, other));
  }
}

// Threads may have memory of their own: of fewer nobody knows from more.
TEST(MeasuredMemoryTest, AWorkerWithMoreThreadsSaysNothingOfOneWithFewer) {
  const std::vector<Row> rows{Measured(CommandKey("./job", 8, 1, 4), 4 * kGib),
                              Measured(CommandKey("./job", 8, 1, 1), kGib)};
  EXPECT_FALSE(WhyNot(rows, CommandKey("./job", 8, 4, 1)));
  EXPECT_FALSE(WhyNot(rows, CommandKey("./job", 8, 4, 2)));
  EXPECT_TRUE(WhyNot(rows, CommandKey("./job", 8, 4, 4)));
}

TEST(MeasuredMemoryTest, MoreRowsNeverLetInWhatFewerKeptOut) {
  std::vector<Row> rows{Measured(CommandKey("./job", 8), 2 * kGib)};
  const Key key = CommandKey("./job", 8, 4);
  ASSERT_TRUE(WhyNot(rows, key));
  // Workers of a larger group share more.
  rows.push_back(Measured(CommandKey("./job", 8, 3), kGib));
  EXPECT_TRUE(WhyNot(rows, key));
}

TEST(MeasuredMemoryTest, OfAProgramThatMakesItsWorkersNothingIsForetold) {
  Key key = CommandKey("./job", 8, 1);
  key.protocol = kWholeProtocol;
  const std::vector<Row> rows{Measured(key, 4 * kGib)};
  key.workers = 8;
  EXPECT_FALSE(WhyNot(rows, key));
}

TEST(MeasuredMemoryTest, OfThreadsOfOneProgramNothingIsForetold) {
  Key key = CommandKey("./job", 8, 2);
  key.engine = Engine::kThreads;
  const std::vector<Row> rows{Measured(key, 9 * kGib)};
  EXPECT_FALSE(WhyNot(rows, key));
  key.workers = 8;
  EXPECT_FALSE(WhyNot(rows, key));
  // Nor does their program tell what a process of one worker needs.
  EXPECT_FALSE(WhyNot(rows, CommandKey("./job", 8, 2)));
}

}  // namespace
}  // namespace hybrid
