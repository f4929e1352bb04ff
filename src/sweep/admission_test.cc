#include "sweep/admission.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "key/test_keys.h"
#include "machine/test_machines.h"
#include "operation/caller_stack.h"
#include "operation/operation.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;

constexpr std::uint64_t kGiB = std::uint64_t{1} << 30;
constexpr int kCores = 4;
constexpr double kMatrix2000 = 2000.0 * 2000.0 * 8.0;

TEST(AdmissionTest, FreshOperandsTakeThreeMatricesPerWorkerWhateverTheBatch) {
  const Key small = GemmKey(2000, 1, 4, 1);
  const Key large = GemmKey(2000, 1000, 4, 1);
  EXPECT_EQ(EstimateMemoryBytes(small), EstimateMemoryBytes(large));
  EXPECT_GE(EstimateMemoryBytes(small), 4 * 3 * kMatrix2000);
}

TEST(AdmissionTest, ResidentAndSharedGrowWithTheBatchNotTheWorkers) {
  Key key = GemmKey(2000, 100, 2, 1);
  const double none = EstimateMemoryBytes(key);
  key.collect = Collect::kShared;
  EXPECT_NEAR(EstimateMemoryBytes(key) - none, 98 * kMatrix2000, 1);
  key.collect = Collect::kNone;
  key.data = Data::kResident;
  EXPECT_NEAR(EstimateMemoryBytes(key) - none, 196 * kMatrix2000, 1);
}

TEST(AdmissionTest, OfACommandOnlyProcessesAndThreadsCount) {
  Key key = CommandKey("./job", 1'000'000, 4, 1);
  key.n = 1'000'000;
  EXPECT_EQ(EstimateMemoryBytes(key), EstimateMemoryBytes(NoneKey(1, 4)));
  Machine machine = MachineOf(kCores, kGiB);
  EXPECT_EQ(WhyNotAdmissible(key, machine).value_or(""), "");
  key.engine = Engine::kThreads;
  EXPECT_EQ(WhyNotAdmissible(key, machine).value_or(""), "");
  machine.tasks_available = 3;
  EXPECT_THAT(WhyNotAdmissible(key, machine).value_or(""),
              HasSubstr("needs 4 processes and threads, 3 may still"));
}

TEST(AdmissionTest, ThreadsOfOneProcessNeedABlasThatServesSeveral) {
  const Machine machine = MachineOf(kCores, 64 * kGiB);
  const auto why = [&](const char* blas, std::uint64_t workers,
                       std::uint64_t blas_threads) {
    Key key = GemmKey(64, 8, workers, blas_threads);
    key.engine = Engine::kThreads;
    key.blas = blas;
    return WhyNotAdmissible(key, machine).value_or("");
  };
  EXPECT_THAT(why("openblas-pthread", 2, 2),
              HasSubstr("one pool of threads, and one setting, for its whole "
                        "process: 2 threads can't each have 2 BLAS threads"));
  EXPECT_EQ(why("openblas-pthread", 2, 1), "");
  EXPECT_EQ(why("openblas-pthread", 1, 2), "");
  EXPECT_EQ(why("openblas-openmp", 2, 2), "");
  EXPECT_EQ(why("blis", 2, 2), "");
  EXPECT_EQ(why("blis-pthread", 2, 2), "");
  EXPECT_EQ(why("mkl", 2, 2), "");
  EXPECT_EQ(why("netlib", 2, 1), "");
  EXPECT_EQ(why("netlib", 2, 2), "netlib runs 1 thread at most");
  EXPECT_EQ(why("atlas", 2, 2), "atlas runs 1 thread at most");
}

TEST(AdmissionTest, OnlyGemmHasABatchedCall) {
  const Machine machine = MachineOf(kCores, 64 * kGiB);
  for (const Operation* operation : Operations()) {
    Key key = GemmKey(64, 8, 1, 2);
    key.engine = Engine::kBatched;
    key.operation = operation->name;
    const std::string why = WhyNotAdmissible(key, machine).value_or("");
    if (operation->name == "gemm") {
      EXPECT_EQ(why, "");
    } else {
      EXPECT_EQ(why, "there is no batched call of " + key.operation +
                         ", only of gemm");
    }
  }
}

TEST(AdmissionTest, BatchedCallsHaveAllTasksAtOnce) {
  Key key = GemmKey(2000, 100, 1, 2);
  key.engine = Engine::kBatched;
  EXPECT_GE(EstimateMemoryBytes(key), 300 * kMatrix2000);
  key.data = Data::kHot;
  EXPECT_LT(EstimateMemoryBytes(key), 110 * kMatrix2000);
  EXPECT_GE(EstimateMemoryBytes(key), 100 * kMatrix2000);
}

TEST(AdmissionTest, OneProcessHoldsWhatItsThreadsTake) {
  Key key = GemmKey(2000, 8, 4, 1);
  const double processes = EstimateProcessBytes(key);
  const double all = EstimateMemoryBytes(key);
  key.engine = Engine::kThreads;
  EXPECT_GE(EstimateProcessBytes(key), processes + 3 * 3 * kMatrix2000);
  EXPECT_LT(EstimateMemoryBytes(key), all);
}

TEST(AdmissionTest, ThreadsThatCallHaveStacksOfTheirOwnSize) {
  Key key = GemmKey(10, 8, 2, 1);
  key.operation = "none";
  key.engine = Engine::kThreads;
  const double two = EstimateProcessBytes(key);
  key.workers = 12;
  EXPECT_GE(EstimateProcessBytes(key) - two,
            10.0 * static_cast<double>(kCallerStackBytes));
}

TEST(AdmissionTest, EachOperationTakesItsOwnOperandsAndProduct) {
  for (const Operation* operation : Operations()) {
    if (!operation->computes()) continue;
    Key key = GemmKey(2000, 100, 2, 1);
    key.operation = operation->name;
    const double operands = OperandBytes(*operation, ShapeOf(key));
    const double product = ProductBytes(*operation, ShapeOf(key));
    const double fresh = EstimateMemoryBytes(key);
    EXPECT_GT(fresh,
              2 * (operands + product - (operation->in_place ? operands : 0)));
    key.collect = Collect::kShared;
    EXPECT_NEAR(EstimateMemoryBytes(key) - fresh, 98 * product, 1);
    key.data = Data::kResident;
    // Calls work on the resident ones, unless they destroy them.
    const double kept = operation->destroys ? 100 : 98;
    EXPECT_NEAR(EstimateMemoryBytes(key) - fresh,
                kept * operands + 98 * product, 10)
        << operation->name;
  }
}

TEST(AdmissionTest, FloatsTakeHalfAndAreCheckedInDouble) {
  Key key = GemmKey(2000, 100, 1, 1);
  key.data = Data::kResident;
  key.collect = Collect::kShared;
  const double in_double = EstimateMemoryBytes(key);
  key.precision = Precision::kSingle;
  // Of 300 matrices a half, and three in double to check one product.
  EXPECT_NEAR(in_double - EstimateMemoryBytes(key), (150 - 3) * kMatrix2000, 1);
}

TEST(AdmissionTest, OnlyMatricesWithAnMMayBeTall) {
  const Machine machine = MachineOf(4, std::uint64_t{8} << 30);
  Key key = GemmKey(100, 8, 1, 1);
  key.aspect = 3;
  EXPECT_EQ(WhyNotAdmissible(key, machine), std::nullopt);
  key.operation = "none";
  EXPECT_EQ(WhyNotAdmissible(key, machine),
            "none has no matrix of m rows: it takes --aspect=1 only, or auto");
  key.aspect = 1;
  EXPECT_EQ(WhyNotAdmissible(key, machine), std::nullopt);
}

TEST(AdmissionTest, WhatACallDestroysIsThereOnceMoreAndSoIsItsScratch) {
  Key key = GemmKey(2000, 1, 1, 1);
  key.operation = "gesdd";
  // The operand, once more to verify, U and V, and what dgesdd wants.
  const double fresh = EstimateMemoryBytes(key);
  EXPECT_GE(fresh, (1 + 1 + 2 + 4) * kMatrix2000);
  EXPECT_LE(fresh, (1 + 1 + 2 + 4) * kMatrix2000 * 1.2);
  key.data = Data::kHot;
  EXPECT_NEAR(EstimateMemoryBytes(key) - fresh, kMatrix2000, 1);
  // In the product's place, so only to verify.
  key.operation = "potrf";
  key.data = Data::kFresh;
  EXPECT_LE(EstimateMemoryBytes(key), (1 + 1) * kMatrix2000 * 1.5);
}

TEST(AdmissionTest, SizesThatLp64DoesNotCountAreRefusedBeforeMemory) {
  const Machine machine = MachineOf(kCores, 1024 * 1024 * kGiB);
  const auto largest = [&](const char* operation) {
    Key key = GemmKey(1, 1, 1, 1);
    key.operation = operation;
    key.aspect = UsualAspect(OperationNamed(operation));
    std::uint64_t n = 1;
    for (std::uint64_t step = 1U << 20; step > 0; step /= 2) {
      key.n = n + step;
      if (!WhyNotAdmissible(key, machine)) n = key.n;
    }
    return n;
  };
  EXPECT_EQ(largest("gesdd"), 23169U);
  EXPECT_EQ(largest("gelsd"), 23170U);
  EXPECT_EQ(largest("syevd"), 32766U);
  for (const char* operation : {"potrf", "gesv", "gesdd_values"}) {
    EXPECT_EQ(largest(operation), 46340U) << operation;
  }
  for (const char* operation : {"gemm", "syrk", "multi_dot", "none"}) {
    EXPECT_GT(largest(operation), 50000U) << operation;
  }
  Key key = GemmKey(23170, 1, 1, 1);
  key.operation = "gesdd";
  EXPECT_EQ(WhyNotAdmissible(key, MachineOf(kCores, kGiB)),
            "gesdd counts up to 2147557790 at n = 23170, 32-bit integers "
            "(LP64) only to 2147483647");
}

// The reason is the memory then, or that the worker's library counts in 32
// bits.
TEST(AdmissionTest, AnIlp64LibraryIsNotRefusedForTheIntegersOfOthers) {
  const Machine machine = MachineOf(kCores, 1024 * 1024 * kGiB);
  Key key = GemmKey(30000, 1, 1, 1);
  key.operation = "gesdd";
  for (const char* blas : {"blis", "openblas-pthread"}) {
    key.blas = blas;
    EXPECT_THAT(WhyNotAdmissible(key, machine).value_or(""), HasSubstr("LP64"))
        << blas;
  }
  // Folders of these names, anywhere, tell nothing.
  for (const char* blas : {"/x/openblas-pthread/libopenblas.so.0",
                           "/x/openblas64-pthread/libopenblas64.so.0",
                           "/x/numpy.libs/libscipy_openblas64_-1.so"}) {
    key.blas = blas;
    EXPECT_EQ(WhyNotAdmissible(key, machine), std::nullopt) << blas;
  }
}

TEST(AdmissionTest, SplitsBeyondALibrarysLimitAreRefusedWithTheReason) {
  Key key = GemmKey(64, 1, 1, 65);
  key.blas = "openblas-openmp";
  EXPECT_THAT(WhyNotAdmissible(key, MachineOf(kCores, kGiB)).value_or(""),
              HasSubstr("64 threads at most"));
}

TEST(AdmissionTest, EightyPercentOfMemoryIsTheLimit) {
  const Key key = GemmKey(2000, 1, 1, 1);
  const double need = EstimateMemoryBytes(key);
  const auto limit = static_cast<std::uint64_t>(need / kMemoryShare);
  EXPECT_FALSE(WhyNotAdmissible(key, MachineOf(kCores, limit + 1)));
  const auto reason = WhyNotAdmissible(key, MachineOf(kCores, limit - 1));
  ASSERT_TRUE(reason);
  EXPECT_THAT(*reason, HasSubstr("more than 80 % of the"));
  EXPECT_THAT(*reason, HasSubstr("estimated"));
}

TEST(AdmissionTest, HugeValuesDoNotWrapAround) {
  Key key = GemmKey(1000000, 1000000000, 4096, 4096);
  key.data = Data::kResident;
  EXPECT_TRUE(WhyNotAdmissible(key, MachineOf(kCores, 1024 * kGiB)));
}

TEST(AdmissionTest, ThreadsThatTheBlasDoesNotRunAreRefusedWithItsReason) {
  EXPECT_FALSE(
      WhyNotAdmissible(GemmKey(64, 1, 1, 12), MachineOf(kCores, kGiB)));
  EXPECT_THAT(WhyNotAdmissible(GemmKey(64, 1, 1, 13), MachineOf(kCores, kGiB))
                  .value_or(""),
              HasSubstr("when told 13"));
}

TEST(AdmissionTest, OperationNoneTakesNoMatrices) {
  Key key = GemmKey(1000000, 1000000000, 2, 1);
  key.operation = "none";
  EXPECT_FALSE(WhyNotAdmissible(key, MachineOf(kCores, kGiB)));
}

TEST(AdmissionTest, WorkersThatMustHaveTheirCoresNeedThem) {
  Key key = GemmKey(64, 8, 2, 2);
  key.pin = Pin::kCores;
  EXPECT_FALSE(WhyNotAdmissible(key, MachineOf(4, kGiB)));
  EXPECT_EQ(WhyNotAdmissible(key, MachineOf(3, kGiB)),
            "--pin=cores: 4 threads need as many cores, 3 are usable");
  for (const Pin pin : {Pin::kAuto, Pin::kNone}) {
    key.pin = pin;
    EXPECT_FALSE(WhyNotAdmissible(key, MachineOf(3, kGiB))) << Name(pin);
  }
}

// No product of workers and threads wraps around to one that fits.
TEST(AdmissionTest, HugeSplitsDoNotFitTheCores) {
  Key key = GemmKey(64, 8, 1U << 16, 1U << 16);
  key.pin = Pin::kCores;
  EXPECT_THAT(WhyNotAdmissible(key, MachineOf(kCores, kGiB)).value_or(""),
              HasSubstr("--pin=cores"));
}

TEST(AdmissionTest, UnknownMemoryRefusesNothing) {
  Machine machine = MachineOf(kCores, 0);
  EXPECT_TRUE(WhyNotAdmissible(GemmKey(64, 8, 1, 1), machine));
  machine.memory_available_bytes.reset();
  EXPECT_FALSE(WhyNotAdmissible(GemmKey(100000, 8, 4, 1), machine));
}

TEST(AdmissionTest, ProcessesAndThreadsMustBeAllowed) {
  Machine machine = MachineOf(kCores, 8 * kGiB);
  machine.tasks_available = 7;
  EXPECT_FALSE(WhyNotAdmissible(GemmKey(64, 8, 3, 2), machine));
  EXPECT_THAT(WhyNotAdmissible(GemmKey(64, 8, 4, 2), machine).value_or(""),
              HasSubstr("needs 8 processes and threads, 7 may still be "
                        "started (pids.max"));
}

TEST(AdmissionTest, OneProcessMustFitItsAddressSpace) {
  Machine machine = MachineOf(kCores, 1024 * kGiB);
  machine.process_bytes = kGiB;
  EXPECT_FALSE(WhyNotAdmissible(GemmKey(2000, 8, 64, 1), machine));
  EXPECT_THAT(WhyNotAdmissible(GemmKey(10000, 8, 1, 1), machine).value_or(""),
              HasSubstr("GiB of address space in each process (estimated), 1 "
                        "GiB are allowed (ulimit -v, -d)"));
  // What all share each of them maps.
  Key key = GemmKey(2000, 8, 1, 1);
  key.data = Data::kResident;
  EXPECT_FALSE(WhyNotAdmissible(key, machine));
  key.batch = 100;
  EXPECT_TRUE(WhyNotAdmissible(key, machine));
}

TEST(AdmissionTest, WhereNobodyIsBoundToCpusNoSplitMayAskForIt) {
  Machine machine = MachineOf(kCores, kGiB);
  machine.can_pin = false;
  Key key = GemmKey(64, 8, 1, 1);
  EXPECT_FALSE(WhyNotAdmissible(key, machine));
  key.pin = Pin::kCores;
  EXPECT_THAT(WhyNotAdmissible(key, machine).value_or(""),
              HasSubstr("--pin=cores: this system refuses"));
}

TEST(AdmissionTest, FormatBytesKeepsThreeDigits) {
  EXPECT_EQ(FormatBytes(512), "512 bytes");
  EXPECT_EQ(FormatBytes(1536), "1.5 KiB");
  EXPECT_EQ(FormatBytes(2.25 * 1024 * 1024 * 1024), "2.25 GiB");
}

}  // namespace
}  // namespace hybrid
