#include "flags/options.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "base/flag_error.h"
#include "base/test_errors.h"
#include "blas/blas_files.h"
#include "flags/flag_table.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;

std::string ErrorOf(const std::vector<std::string>& arguments) {
  return MessageOf<FlagError>([&] { ParseOptions(arguments); });
}

TEST(OptionsTest, DefaultsAreThoseOfTheHelp) {
  const Options options = ParseOptions({});
  EXPECT_TRUE(options.axes.workers.is_auto);
  EXPECT_TRUE(options.axes.blas_threads.is_auto);
  EXPECT_THAT(options.axes.operations, ElementsAre("gemm"));
  EXPECT_THAT(options.axes.precisions, ElementsAre(Precision::kDouble));
  EXPECT_TRUE(options.axes.aspect.is_auto);
  EXPECT_THAT(options.axes.data, ElementsAre(Data::kFresh));
  EXPECT_FALSE(options.cap_s);
  EXPECT_THAT(options.axes.kernels, ElementsAre("best"));
  EXPECT_TRUE(options.ceilings);
  EXPECT_FALSE(options.search || options.budget_s);
  EXPECT_TRUE(options.launch_anew);
  EXPECT_FALSE(options.rerun_noisy);
  EXPECT_EQ(options.csv, "auto");
  EXPECT_FALSE(options.n_given);
  EXPECT_FALSE(options.dry_run);
  EXPECT_TRUE(options.axes.batch.is_auto);
  EXPECT_FALSE(options.batch_given);
}

TEST(OptionsTest, BatchAutoIsNoBatch) {
  EXPECT_FALSE(ParseOptions({"--batch=auto"}).batch_given);
}

TEST(OptionsTest, ADryRunIsShortOrFull) {
  EXPECT_FALSE(ParseOptions({"--dry_run"}).full_dry_run);
  const Options full = ParseOptions({"--dry_run=full"});
  EXPECT_TRUE(full.dry_run);
  EXPECT_TRUE(full.full_dry_run);
  EXPECT_FALSE(ParseOptions({"--dry_run=false"}).dry_run);
}

TEST(OptionsTest, TheBudgetIsATime) {
  for (const auto& [text, seconds] :
       {std::pair("90", 90.0), std::pair("2.5s", 2.5), std::pair("5m", 300.0),
        std::pair("1h", 3600.0)}) {
    EXPECT_EQ(ParseOptions({fmt::format("--budget={}", text)}).budget_s,
              seconds);
  }
  for (const char* const text :
       {"", "0", "-1s", "s", "5 m", "1d", "nan", "inf", "1e9h"}) {
    EXPECT_EQ(ErrorOf({fmt::format("--budget={}", text)}),
              fmt::format("--budget={}: takes a time above 0 such as 90, 60s, "
                          "5m or 1h",
                          text));
  }
}

TEST(OptionsTest, ASearchAndABudgetNeedLaunches) {
  EXPECT_FALSE(ParseOptions({"--launch=keep"}).launch_anew);
  EXPECT_EQ(ErrorOf({"--launch=some"}), "--launch=some: takes anew or keep");
  EXPECT_THAT(ErrorOf({"--launch=keep", "--search"}),
              HasSubstr("--search: takes workers that are launched anew"));
  EXPECT_THAT(ErrorOf({"--budget=5", "--launch=keep"}),
              HasSubstr("--budget: takes workers that are launched anew"));
}

TEST(OptionsTest, ALimitOfTheWaitNeedsAWait) {
  EXPECT_TRUE(ParseOptions({}).lock);
  EXPECT_FALSE(ParseOptions({}).lock_timeout_s);
  EXPECT_FALSE(ParseOptions({"--lock=none"}).lock);
  EXPECT_EQ(ParseOptions({"--lock_timeout=2m"}).lock_timeout_s, 120);
  EXPECT_EQ(ErrorOf({"--lock=no"}), "--lock=no: takes wait or none");
  EXPECT_THAT(ErrorOf({"--lock=none", "--lock_timeout=5"}),
              HasSubstr("--lock_timeout: with --lock=none"));
}

TEST(OptionsTest, EveryFlagArrives) {
  const Options options = ParseOptions({"--n=64:256:*2",
                                        "--batch",
                                        "5",
                                        "--workers=1,2",
                                        "--blas_threads=3",
                                        "--operation=none,gemm",
                                        "--precision=s,d",
                                        "--aspect=1,4",
                                        "--data=hot,fresh",
                                        "--collect=shared",
                                        "--pin=none",
                                        "--seed=18446744073709551615",
                                        "--cap=0.25",
                                        "--csv=x.csv",
                                        "--hang_timeout=2",
                                        "--worker=/w",
                                        "--dry_run",
                                        "--search",
                                        "--budget=5m",
                                        "--kernels=library,skx",
                                        "--blas=blis-openmp",
                                        "--ceilings=none",
                                        "--rerun_noisy=3"});
  EXPECT_THAT(options.axes.kernels, ElementsAre("library", "skx"));
  EXPECT_FALSE(options.ceilings);
  EXPECT_TRUE(options.search);
  EXPECT_EQ(options.budget_s, 300);
  EXPECT_EQ(options.rerun_noisy, 3);
  EXPECT_THAT(options.axes.n.values, ElementsAre(64, 128, 256));
  EXPECT_THAT(options.axes.batch.values, ElementsAre(5));
  EXPECT_THAT(options.axes.workers.values, ElementsAre(1, 2));
  EXPECT_THAT(options.axes.blas_threads.values, ElementsAre(3));
  EXPECT_THAT(options.axes.operations, ElementsAre("none", "gemm"));
  EXPECT_THAT(options.axes.precisions,
              ElementsAre(Precision::kSingle, Precision::kDouble));
  EXPECT_THAT(options.axes.aspect.values, ElementsAre(1, 4));
  EXPECT_THAT(options.axes.data, ElementsAre(Data::kHot, Data::kFresh));
  EXPECT_THAT(options.axes.collect, ElementsAre(Collect::kShared));
  EXPECT_EQ(options.axes.pin, Pin::kNone);
  EXPECT_EQ(options.axes.seed, 18446744073709551615ULL);
  EXPECT_EQ(options.cap_s, 0.25);
  EXPECT_EQ(options.csv, "x.csv");
  EXPECT_EQ(options.hang_timeout_s, 2);
  EXPECT_EQ(options.worker, "/w");
  EXPECT_TRUE(options.dry_run);
  EXPECT_TRUE(options.n_given);
  EXPECT_TRUE(options.batch_given);
}

struct BadFlag {
  std::string argument;
  std::string names;  ///< what the message must name
};

class BadFlagTest : public ::testing::TestWithParam<BadFlag> {};

TEST_P(BadFlagTest, IsOneLineThatNamesIt) {
  EXPECT_THAT(ErrorOf({GetParam().argument}),
              AllOf(HasSubstr(GetParam().names), Not(HasSubstr("\n")),
                    Not("no error")));
}

INSTANTIATE_TEST_SUITE_P(
    OptionsTest, BadFlagTest,
    ::testing::Values(
        BadFlag{"--m=64", "--m"}, BadFlag{"--worker_count=2", "--worker_count"},
        BadFlag{"stray", "stray"}, BadFlag{"-n", "-n"},
        BadFlag{"--n=0", "--n=0"}, BadFlag{"--n=", "--n"},
        BadFlag{"--n", "--n"}, BadFlag{"--batch=-1", "--batch=-1"},
        BadFlag{"--workers=1.5", "--workers=1.5"},
        BadFlag{"--workers=4097", "1 to 4096"},
        BadFlag{"--blas_threads=2,2", "--blas_threads=2,2"},
        BadFlag{"--n=99999999999999999999999", "--n="},
        BadFlag{"--operation=gemv", "takes a list of gemm, "},
        BadFlag{"--operation=gemm,gemm", "given twice"},
        BadFlag{"--operation=", "--operation"},
        BadFlag{"--precision=h",
                "--precision=h: 'h' is unknown; takes a list "
                "of d, s"},
        BadFlag{"--precision=s,s", "given twice"},
        BadFlag{"--precision=", "--precision"},
        BadFlag{"--aspect=0", "--aspect"}, BadFlag{"--aspect=0.5", "--aspect"},
        BadFlag{"--aspect=2,2", "--aspect"},
        BadFlag{"--aspect=10001", "--aspect"},
        BadFlag{"--data=cold", "fresh, hot, resident"},
        BadFlag{"--collect=all", "none, shared"},
        BadFlag{"--pin=threads", "auto, cores or none"},
        BadFlag{"--seed=-1", "--seed=-1"}, BadFlag{"--seed=x", "--seed=x"},
        BadFlag{"--cap=0", "--cap=0"}, BadFlag{"--cap=-2", "--cap=-2"},
        BadFlag{"--turns=first", "--turns=first: takes first,FD"},
        BadFlag{"--turns=third,3", "--turns=third,3: takes"},
        BadFlag{"--turns=first,99", "hybrid-compare --run"},
        BadFlag{"--cap=inf", "--cap=inf"}, BadFlag{"--cap=nan", "--cap=nan"},
        BadFlag{"--cap=1e9", "--cap=1e9"}, BadFlag{"--cap=2s", "--cap=2s"},
        BadFlag{"--csv=", "--csv"},
        BadFlag{"--hang_timeout=0", "--hang_timeout"},
        BadFlag{"--dry_run=maybe", "--dry_run"},
        BadFlag{"--benchmark_filtr=x", "--benchmark_filtr=x"}));

TEST(OptionsTest, OneFlagSaysWhereRowsGo) {
  EXPECT_THAT(ErrorOf({"--record", "--csv=x.csv"}), HasSubstr("--csv=x.csv"));
  EXPECT_THAT(ErrorOf({"--record", "--csv=auto"}), HasSubstr("--record"));
  EXPECT_THAT(ErrorOf({"--resume=r.csv", "--csv=x"}),
              AllOf(HasSubstr("--resume=r.csv"), HasSubstr("--csv")));
  EXPECT_THAT(ErrorOf({"--resume=r.csv", "--record"}),
              AllOf(HasSubstr("--resume=r.csv"), HasSubstr("--record")));
  EXPECT_THAT(ErrorOf({"--resume="}), HasSubstr("--resume"));
  EXPECT_THAT(ErrorOf({"--resume_anyway"}), HasSubstr("--resume=FILE"));
  const Options options = ParseOptions({"--resume=r.csv", "--resume_anyway"});
  EXPECT_EQ(options.resume, "r.csv");
  EXPECT_TRUE(options.resume_anyway);
  EXPECT_TRUE(ParseOptions({"--record"}).record);
}

TEST(OptionsTest, WhatWasGivenIsKeptAsText) {
  EXPECT_THAT(ParseOptions({"--n=64:256:*2", "--cap", "2"}).given,
              ElementsAre(Pair("--cap", "2"), Pair("--n", "64:256:*2")));
  EXPECT_THAT(ParseOptions({"--dry_run"}).given,
              ElementsAre(Pair("--dry_run", "true")));
}

TEST(OptionsTest, ALibraryInTwoWordsIsOne) {
  EXPECT_THAT(ParseOptions({"--blas=/x//liba.so,/x/./liba.so"}).axes.blas,
              ElementsAre("/x/liba.so"));
  const std::optional<std::string> system = SystemBlas();
  if (!system) GTEST_SKIP() << "this system has no libblas.so.3";
  const std::vector<std::string> all =
      ParseOptions({"--blas=auto,system"}).axes.blas;
  if (IsBlasPath(*system)) {
    EXPECT_THAT(all, ::testing::Contains(*system));
  } else {
    EXPECT_EQ(all, InstalledBlas());
  }
}

TEST(OptionsTest, AFlagGivenTwiceIsAnError) {
  EXPECT_THAT(ErrorOf({"--n=64", "--n=128"}), HasSubstr("--n"));
}

TEST(OptionsTest, NoFlagTakesTheNextForItsValue) {
  for (const std::string& name : FlagNames()) {
    for (const std::string& argument : {name + "=", name}) {
      if (argument == name && FindFlag(name)->type.empty()) continue;
      EXPECT_THAT(ErrorOf({argument, "--n=16"}), HasSubstr(name)) << argument;
      EXPECT_THAT(ErrorOf({argument}), HasSubstr(name)) << argument;
    }
  }
}

TEST(OptionsTest, HelpNamesEveryFlagWithItsDefault) {
  const std::string help = HelpText();
  for (const std::string& name : FlagNames()) {
    const Flag& flag = *FindFlag(name);
    EXPECT_THAT(help, HasSubstr("\n  " + name +
                                (flag.type.empty() ? " " : "=" + flag.type)))
        << name;
    if (flag.type.empty() || flag.default_value.empty()) continue;
    EXPECT_THAT(help, HasSubstr("(default: " + flag.default_value + ")"))
        << name;
  }
}

}  // namespace
}  // namespace hybrid
