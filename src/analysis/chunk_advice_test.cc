#include "analysis/chunk_advice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analysis/test_rows.h"
#include "key/key.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;

class ChunkAdviceTest : public ::testing::Test {
 protected:
  ChunkAdviceTest() {
    test.base.operation = kCommandOperation;
    test.base.command = "python3 job.py";
    test.base.protocol = "lines";
  }
  /// Of a batch that two workers share, a tenth of whose time they are idle.
  std::string Told(double wall_s) {
    test.Ok({2, 1}, {wall_s, wall_s * 1.001, wall_s * 1.002}, Phases(0.2, 0.7));
    test.Ok({1, 1}, {wall_s * 2, wall_s * 2.01, wall_s * 2.02},
            Phases(0.2, 0.8));
    answers = FindAnswers(test.rows);
    return ChunkSentence(answers.front());
  }
  std::optional<ChunkAdvice> Advised() const {
    return AdviseChunks(answers.front().key, *answers.front().best());
  }

  TestRows test;
  std::vector<Answer> answers;
};

TEST_F(ChunkAdviceTest, LongTasksGoOneByOne) {
  test.base.batch = 18;
  // 2 × 0.9 × 0.2 s of work for 18 tasks.
  EXPECT_EQ(Told(0.2),
            "Pool(2).map(…, chunksize=1): tasks of 20.0 ms one by one cost "
            "Pool an estimated 0.2 % of their time (50.0 µs a chunk with "
            "little to send)");
  EXPECT_NEAR(Advised()->task_s, 0.02, 1e-4);
}

TEST_F(ChunkAdviceTest, ShortTasksGoInChunksOfAPercent) {
  test.base.batch = 1800;
  // Of tasks of 1 ms 5 take a hundred times the 50 µs.
  EXPECT_THAT(Told(1.0), HasSubstr("chunksize=5): tasks of 1.00 ms in chunks "
                                   "of 5 cost Pool an estimated 1.0 % of"));
  EXPECT_EQ(Advised()->tasks, 5U);
}

TEST_F(ChunkAdviceTest, EachWorkerGetsSeveralChunksOfABatch) {
  test.base.batch = 18;
  // Of tasks of 0.1 ms 50 would make a percent, but 18 tasks in 8 chunks are
  // 2 or 3 each.
  EXPECT_THAT(Told(1e-3), HasSubstr("chunksize=3): tasks of 100 µs in chunks "
                                    "of 3 cost Pool an estimated 17 %"));
  EXPECT_THAT(ChunkSentence(answers.front()),
              HasSubstr("; longer chunks need batches of more than 18 tasks"));
}

TEST_F(ChunkAdviceTest, OfAnOperationOfOursNobodyNeedHaveAPool) {
  EXPECT_NE(Told(0.2), "");
  test = TestRows();
  EXPECT_EQ(Told(0.2), "");
}

TEST_F(ChunkAdviceTest, OnlyWhatAPoolOfProcessesWouldDoIsAdvised) {
  EXPECT_NE(Told(0.2), "");
  const SplitResult best = *answers.front().best();
  Key key = answers.front().key;
  key.operation = "none";
  EXPECT_FALSE(AdviseChunks(key, best));
  key.operation = kCommandOperation;
  EXPECT_TRUE(AdviseChunks(key, best));
  key.protocol = kWholeProtocol;
  EXPECT_FALSE(AdviseChunks(key, best));
  key = answers.front().key;
  SplitResult other = best;
  other.split.engine = Engine::kThreads;
  EXPECT_FALSE(AdviseChunks(key, other));
  other = best;
  other.split = {1, 2};
  EXPECT_FALSE(AdviseChunks(key, other));
  other = best;
  other.evidence.idle_share.reset();
  EXPECT_FALSE(AdviseChunks(key, other));
}

TEST_F(ChunkAdviceTest, AnyNumbersOfAFileAreDividedBy) {
  EXPECT_NE(Told(0.2), "");
  SplitResult best = *answers.front().best();
  Key key = answers.front().key;
  for (const std::uint64_t many :
       {std::uint64_t{1} << 62U, ~std::uint64_t{0}}) {
    best.split.workers = many;
    for (const std::uint64_t batch : {std::uint64_t{18}, ~std::uint64_t{0}}) {
      key.batch = batch;
      const auto advice = AdviseChunks(key, best);
      EXPECT_EQ(advice ? advice->tasks : 1, 1U);
    }
  }
}

TEST_F(ChunkAdviceTest, NobodyIsAdvisedWhereNoSplitIs) {
  test.Ok({2, 1}, {0.1, 0.101, 0.102}, Phases(0.2, 0.7));
  EXPECT_EQ(ChunkSentence(FindAnswers(test.rows).front()), "");
}

}  // namespace
}  // namespace hybrid
