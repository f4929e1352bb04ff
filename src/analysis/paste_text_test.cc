#include "analysis/paste_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "analysis/format_units.h"
#include "base/test_folder.h"
#include "base/text.h"
#include "base/text_file.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

SplitResult Measured(const Split& split, const std::string& cpus = "") {
  SplitResult result;
  result.split = split;
  result.cpus = cpus;
  return result;
}

std::string Joined(const std::vector<std::string>& lines) {
  return fmt::format("{}\n", fmt::join(lines, "\n"));
}

/// The status of `program` with a file of `text` as its last argument.
int StatusOf(const std::string& program, const std::string& text) {
  const TestFolder folder;
  folder.Lay("/pasted", text);
  return std::system(  // NOLINT(cert-env33-c,concurrency-mt-unsafe)
      fmt::format("{} '{}' > /dev/null", program, folder.File("pasted"))
          .c_str());
}

/// Splits of every kind: alone, listed, regular and irregular placements.
std::vector<SplitResult> AllKinds() {
  std::vector<SplitResult> kinds{Measured({1, 1}),
                                 Measured({1, 1}, "0"),
                                 Measured({1, 4}, "0-3"),
                                 Measured({2, 1}, "0 1"),
                                 Measured({2, 2}, "0,2 1,3"),
                                 Measured({128, 2})};
  std::string regular;
  std::string irregular;
  for (int i = 0; i < 64; ++i) {
    regular += fmt::format("{}{}-{}", i == 0 ? "" : " ", 2 * i, 2 * i + 1);
    irregular += fmt::format("{}{},{}", i == 0 ? "" : " ", i, i + 64);
  }
  kinds.push_back(Measured({64, 2}, regular));
  kinds.push_back(Measured({64, 2}, irregular));
  kinds.back().blis_arch_type = "3";
  kinds.back().kernels = "haswell";
  kinds.back().blis_threading = "none";
  return kinds;
}

TEST(PasteTextTest, IsShortValidBashThatRunsAsItStands) {
  std::vector<std::string> stray{"OMP_PROC_BIND=true", "KMP_AFFINITY=x",
                                 "OMP_NUM_THREADS=7", "OMP_no-name=1",
                                 "LIBOMPTARGET=1"};
  for (const char* name :
       {"PLACES", "SCHEDULE", "STACKSIZE", "DISPLAY_ENV", "WAIT_POLICY"}) {
    stray.push_back(fmt::format("OMP_{}=x", name));
    stray.push_back(fmt::format("GOMP_{}=x", name));
  }
  for (const SplitResult& use : AllKinds()) {
    for (const Launcher launcher :
         {Launcher::kShell, Launcher::kSlurm, Launcher::kMpi}) {
      const std::vector<std::string> lines = PasteLines(use, launcher, stray);
      EXPECT_EQ(StatusOf("bash -n", Joined(lines)), 0) << Joined(lines);
      EXPECT_EQ(StatusOf("bash -eu", Joined(lines)), 0) << Joined(lines);
    }
    const std::vector<std::string> lines = ShortPasteLines(use, stray);
    EXPECT_EQ(StatusOf("bash -eu", Joined(lines)), 0) << Joined(lines);
    EXPECT_LE(lines.size(), 8U) << Joined(lines);
    for (const std::string& line : lines) {
      EXPECT_LE(DisplayWidth(line), 80U) << line;
    }
  }
}

TEST(PasteTextTest, SetsEveryBlasAndUnsetsWhatElseSteersOne) {
  const std::string script =
      Joined(PasteLines(Measured({2, 3}), Launcher::kShell,
                        std::vector<std::string>{"OMP_PROC_BIND=true"})) +
      "test \"$OMP_NUM_THREADS$OPENBLAS_NUM_THREADS$MKL_NUM_THREADS"
      "$BLIS_NUM_THREADS\" = 3333\n"
      "test \"$MKL_DYNAMIC\" = FALSE\n"
      "test -z \"${OMP_PROC_BIND-}\"\n"
      "bash -c 'test \"$BLIS_NUM_THREADS\" = 3'\n";
  EXPECT_EQ(StatusOf("OMP_PROC_BIND=true bash -eu", script), 0) << script;
}

/// Whether two processes that `lines` start find themselves on CPU 0 and 1.
/// `fakes` is put before them: what stands for a launcher that is not here.
void ExpectPlaced(const std::vector<std::string>& lines,
                  const std::string& fakes = "") {
  const std::string script =
      fakes + Joined(lines) +
      "workers sh -c 'taskset -cp $$ >> \"$1\"' - \"$1\"\n"
      "test \"$(sed 's/.*: //' \"$1\" | sort | tr '\\n' ' ')\" = '0 1 '\n";
  const TestFolder folder;
  folder.Lay("/pasted", script);
  EXPECT_EQ(std::system(  // NOLINT(cert-env33-c,concurrency-mt-unsafe)
                fmt::format("bash -eu '{}' '{}'", folder.File("pasted"),
                            folder.File("out"))
                    .c_str()),
            0)
      << script;
}

TEST(PasteTextTest, WorkersStartOnTheCpusThatWereMeasured) {
  if (std::system("taskset -c 0,1 true 2> /dev/null") != 0) {  // NOLINT
    GTEST_SKIP() << "CPUs 0 and 1 may not be used here";
  }
  const SplitResult use = Measured({2, 1}, "0 1");
  ExpectPlaced(PasteLines(use, Launcher::kShell));
  ExpectPlaced(ShortPasteLines(use));
  // Neither Slurm nor an MPI is at hand: what matters of them is that they
  // start two processes, each of which is told its number.
  ExpectPlaced(PasteLines(use, Launcher::kSlurm),
               "srun() {\n"
               "  while [ \"${1#--}\" != \"$1\" ]; do shift; done\n"
               "  for r in 0 1; do SLURM_LOCALID=$r \"$@\"; done\n"
               "}\n");
  for (const char* rank : {"OMPI_COMM_WORLD_LOCAL_RANK", "MPI_LOCALRANKID"}) {
    ExpectPlaced(PasteLines(use, Launcher::kMpi),
                 fmt::format("mpirun() {{\n"
                             "  shift 4\n"
                             "  for r in 0 1; do {}=$r \"$@\"; done\n"
                             "}}\n",
                             rank));
  }
}

TEST(PasteTextTest, RegularPlacementsAreArithmetic) {
  EXPECT_THAT(
      ShortPasteLines(AllKinds()[6]),
      Contains(HasSubstr("{0..126..2}; do taskset -c $c-$((c+1)) \"$@\"")));
  // As the siblings of cores are numbered on most machines.
  EXPECT_THAT(
      ShortPasteLines(AllKinds()[7]),
      Contains(HasSubstr("{0..63}; do taskset -c $c,$((c+64)) \"$@\"")));
}

TEST(PasteTextTest, LongPlacementsAreForThoseWhoAskForAll) {
  std::string irregular;
  for (int i = 0; i < 64; ++i) {
    irregular += fmt::format("{}{}", i == 0 ? "" : " ", (i * 37) % 64);
  }
  const SplitResult use = Measured({64, 1}, irregular);
  EXPECT_THAT(ShortPasteLines(use), AllOf(Contains(HasSubstr("--paste=shell")),
                                          Not(Contains(HasSubstr("taskset")))));
  const std::vector<std::string> lines = PasteLines(use, Launcher::kShell);
  EXPECT_THAT(lines, Contains(HasSubstr("for c in $WORKER_CPUS; do taskset")));
  const std::string counts = Joined(lines) +
                             "set -- $WORKER_CPUS\n"
                             "test $# = 64 && test ${64} = 27\n";
  EXPECT_EQ(StatusOf("bash -eu", counts), 0) << counts;
}

TEST(PasteTextTest, SlurmGetsTheCpusOfEachWorker) {
  EXPECT_THAT(PasteLines(AllKinds()[6], Launcher::kSlurm),
              Contains(HasSubstr("--ntasks=64 --cpus-per-task=2 ")));
  EXPECT_THAT(PasteLines(Measured({2, 2}, "0-3 4-7"), Launcher::kSlurm),
              Contains(HasSubstr("--ntasks=2 --cpus-per-task=4 ")));
}

TEST(PasteTextTest, PythonIsPython) {
  if (std::system("python3 -c '' 2> /dev/null") != 0) {  // NOLINT
    GTEST_SKIP() << "there is no python3 here";
  }
  for (const SplitResult& use : AllKinds()) {
    for (const Launcher launcher : {Launcher::kPython, Launcher::kJoblib,
                                    Launcher::kTorch, Launcher::kDask}) {
      const std::string text = Joined(PasteLines(use, launcher));
      EXPECT_EQ(
          StatusOf("python3 -c 'import ast, sys; ast.parse(open(sys.argv[1])"
                   ".read())'",
                   text),
          0)
          << text;
    }
  }
}

TEST(PasteTextTest, PoolsAreSpawned) {
  for (const Launcher launcher : {Launcher::kPython, Launcher::kTorch}) {
    EXPECT_THAT(Joined(PasteLines(Measured({4, 1}), launcher)),
                HasSubstr("get_context(\"spawn\")"));
  }
  EXPECT_THAT(Joined(PasteLines(Measured({1, 4}), Launcher::kPython)),
              Not(HasSubstr("Pool")));
}

}  // namespace
}  // namespace hybrid
