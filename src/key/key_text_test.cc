#include "key/key_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "key/test_keys.h"

namespace hybrid {
namespace {

Key SomeKey() {
  Key key;
  key.kernels_asked = kBestKernels;
  key.n = 256;
  key.batch = 32;
  key.workers = 2;
  return key;
}

TEST(KeyTextTest, BenchmarksAreNamedAfterWhatIsNotUsual) {
  Key key = SomeKey();
  EXPECT_EQ(KeyText(key, KeyStyle::kBenchmark),
            "Hybrid/gemm/n:256/batch:32/workers:2/blas_threads:1");
  key.data = Data::kHot;
  key.collect = Collect::kShared;
  key.kernels_asked = "haswell";
  EXPECT_EQ(KeyText(key, KeyStyle::kBenchmark),
            "Hybrid/gemm/n:256/batch:32/workers:2/blas_threads:1/data:hot/"
            "collect:shared/kernels:haswell");
  EXPECT_EQ(KeyText(key, KeyStyle::kFull),
            "Hybrid/gemm/n:256/batch:32/workers:2/"
            "blas_threads:1/precision:d/aspect:1/blas:blis/data:hot/"
            "collect:shared/kernels:haswell/pin:auto");
}

TEST(KeyTextTest, EngineIsPartOfTheSplit) {
  Key key = SomeKey();
  key.engine = Engine::kThreads;
  EXPECT_EQ(KeyText(key, KeyStyle::kBenchmark),
            "Hybrid/gemm/n:256/batch:32/engine:threads/workers:2/"
            "blas_threads:1");
  EXPECT_EQ(KeyText(key, KeyStyle::kShort), "gemm n=256 batch=32 2×1 threads");
  EXPECT_EQ(SplitText({1, 4, Engine::kBatched}), "1×4 batched");
  EXPECT_EQ(ParseKey(EncodeKey(key)), key);
}

TEST(KeyTextTest, HostsArePartOfTheSplit) {
  Key key = SomeKey();
  key.host_count = 4;
  EXPECT_EQ(KeyText(key, KeyStyle::kBenchmark),
            "Hybrid/gemm/n:256/batch:32/hosts:4/workers:2/blas_threads:1");
  EXPECT_EQ(KeyText(key, KeyStyle::kShort),
            "gemm n=256 batch=32 4 hosts × 2×1");
  EXPECT_EQ(KeyText(key, KeyStyle::kGroup), "gemm n=256 batch=32");
  EXPECT_EQ(SplitText({2, 1, Engine::kThreads, 4}), "4 hosts × 2×1 threads");
  EXPECT_EQ(key.split().all_workers(), 8U);
  EXPECT_EQ(ParseKey(EncodeKey(key)), key);
}

TEST(KeyTextTest, PeopleSeeTheEndOfAPath) {
  Key key = SomeKey();
  key.blas = "/usr/lib/x/openblas-pthread/libopenblas.so.0";
  EXPECT_THAT(
      KeyText(key, KeyStyle::kShort),
      ::testing::HasSubstr(" blas=…/openblas-pthread/libopenblas.so.0"));
  EXPECT_THAT(KeyText(key, KeyStyle::kBenchmark),
              ::testing::HasSubstr("/blas:" + key.blas));
  EXPECT_EQ(ShortValue("blas", "./libx.so"), "./libx.so");
  EXPECT_EQ(ShortValue("data", "a/b/c"), "a/b/c");
}

TEST(KeyTextTest, VariantsAreNamesOfTheirOwn) {
  Key key = SomeKey();
  key.family = Family::kTutorial;
  key.variant = "processes";
  EXPECT_EQ(KeyText(key, KeyStyle::kBenchmark), "Tutorial/processes");
  EXPECT_EQ(KeyText(key, KeyStyle::kShort),
            "Tutorial/processes gemm n=256 batch=32 2×1");
  key.family = Family::kOverhead;
  key.variant = "gate";
  key.operation = "none";
  EXPECT_EQ(KeyText(key, KeyStyle::kBenchmark), "Overhead/gate/workers:2");
}

TEST(KeyTextTest, CommandsAreNamedByThemselvesAndWithoutAnN) {
  Key key = CommandKey("python3 job.py --fast", 32, 2);
  EXPECT_EQ(KeyText(key, KeyStyle::kShort),
            "python3 job.py --fast batch=32 2×1");
  EXPECT_EQ(KeyText(key, KeyStyle::kGroup), "python3 job.py --fast batch=32");
  EXPECT_EQ(KeyText(key, KeyStyle::kBenchmark),
            "Hybrid/command/batch:32/workers:2/blas_threads:1/"
            "command:python3 job.py --fast");
  key.n = 512;
  key.blas = "openblas-pthread";
  key.protocol = "once";
  key.environment = "OMP_WAIT_POLICY=active";
  EXPECT_EQ(KeyText(key, KeyStyle::kShort),
            "python3 job.py --fast n=512 batch=32 2×1 protocol=once "
            "env=OMP_WAIT_POLICY=active blas=openblas-pthread");
  EXPECT_EQ(ParseKey(EncodeKey(key)), key);
}

TEST(KeyTextTest, TasksAreToldWithoutAnNThatNobodySaid) {
  EXPECT_EQ(TasksText(GemmKey(256, 32)), "n=256 batch=32");
  EXPECT_EQ(TasksText(GemmKey(256, 32), "  "), "n=256  batch=32");
  EXPECT_EQ(TasksText(CommandKey("./job", 32)), "batch=32");
}

TEST(KeyTextTest, PeopleSeeTheBeginningOfALongCommand) {
  const std::string text = ShortValue("command", std::string(59, 'x') + "éy");
  EXPECT_EQ(text, std::string(59, 'x') + "…");
  EXPECT_EQ(ShortValue("command", std::string(60, 'x')), std::string(60, 'x'));
}

TEST(KeyTextTest, KernelsShowOnlyWhereSomethingIsComputed) {
  Key key = SomeKey();
  key.kernels_asked = kLibraryKernels;
  EXPECT_EQ(KeyText(key, KeyStyle::kShort),
            "gemm n=256 batch=32 2×1 kernels=library");
  key.family = Family::kOverhead;
  key.variant = "gate";
  key.operation = "none";
  EXPECT_EQ(KeyText(key, KeyStyle::kShort),
            "Overhead/gate none n=256 batch=32 2×1");
}

TEST(KeyTextTest, PeopleSeeWhatIsNotUsual) {
  Key key = SomeKey();
  EXPECT_EQ(KeyText(key, KeyStyle::kShort), "gemm n=256 batch=32 2×1");
  EXPECT_EQ(KeyText(key, KeyStyle::kGroup), "gemm n=256 batch=32");
  key.kernels_asked = kLibraryKernels;
  key.pin = Pin::kNone;
  EXPECT_EQ(KeyText(key, KeyStyle::kShort),
            "gemm n=256 batch=32 2×1 kernels=library pin=none");
}

TEST(KeyTextTest, WhatIsEncodedIsReadBack) {
  Key key = SomeKey();
  key.family = Family::kNoise;
  key.variant = "A";
  key.data = Data::kResident;
  key.pin = Pin::kCores;
  key.seed = 0xFFFFFFFFFFFFFFFF;
  EXPECT_EQ(ParseKey(EncodeKey(key)), key);
  EXPECT_EQ(ParseKey(EncodeKey(Key())), Key());
  EXPECT_THROW(ParseKey(""), std::invalid_argument);
  EXPECT_THROW(ParseKey("Hybrid\n"), std::invalid_argument);
  std::string text = EncodeKey(key);
  text.replace(text.find("resident"), 8, "away");
  EXPECT_THROW(ParseKey(text), std::invalid_argument);
}

}  // namespace
}  // namespace hybrid
