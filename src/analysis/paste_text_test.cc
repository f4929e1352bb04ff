#include "analysis/paste_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "analysis/format_units.h"
#include "base/test_folder.h"
#include "base/text.h"
#include "base/text_file.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;
using ::testing::StartsWith;

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
  kinds.back().kernels_setting = "BLIS_ARCH_TYPE=3";
  kinds.back().blas = "blis";
  kinds.back().kernels = "haswell";
  kinds.back().blas_threading = "none";
  const Engine threads = Engine::kThreads;
  kinds.push_back(Measured({64, 2, Engine::kProcesses, 16}, regular));
  kinds.push_back(Measured({1, 2, threads}, "0-1"));
  kinds.push_back(Measured({4, 1, threads}, "0 1 2 4"));
  kinds.push_back(Measured({4, 1, threads}));
  kinds.push_back(Measured({64, 2, threads}, regular));
  kinds.push_back(Measured({64, 2, threads}, irregular));
  kinds.push_back(Measured({1, 4, Engine::kBatched}, "0-3"));
  kinds.push_back(Measured({1, 4, Engine::kBatched}));
  kinds.back().batched_call = "cblas_dgemm_batch";
  kinds.push_back(Measured({64, 2}, irregular));
  kinds.back().kernels_setting = "OPENBLAS_CORETYPE=SKYLAKEX";
  kinds.back().blas = "openblas-pthread";
  kinds.back().blas_file =
      "/usr/lib/x86_64-linux-gnu/openblas-pthread/libopenblasp-r0.3.21.so";
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

TEST(PasteTextTest, EnginesOfOneProcessSayHow) {
  const std::vector<std::string> threads =
      ShortPasteLines(Measured({4, 1, Engine::kThreads}, "0 1 2 4"), {});
  EXPECT_EQ(
      Joined(threads),
      "# 4 threads of one process × 1 BLAS thread\n"
      "export MKL_DYNAMIC=FALSE OMP_NUM_THREADS=1 "
      "OPENBLAS_NUM_THREADS=1\n"
      "export MKL_NUM_THREADS=1 BLIS_NUM_THREADS=1\n"
      "workers() { taskset -c 0-2,4 \"$@\"; }  # then: workers ./program\n"
      "# Python: multiprocessing.pool.ThreadPool(4), NumPy lets go of the "
      "GIL\n"
      "# C++: 4 std::threads, tasks shared out; LAPACK: stacks of 8 MiB\n");
  SplitResult batched = Measured({1, 4, Engine::kBatched}, "0-3");
  batched.batched_call = "cblas_dgemm_batch";
  EXPECT_EQ(ShortPasteLines(batched, {}).back(),
            "# one process, cblas_dgemm_batch for all tasks of a batch");
  batched.batched_call = "loop of gemm";
  EXPECT_EQ(ShortPasteLines(batched, {}).back(),
            "# one process, task after task: the library has no batched call");
}

TEST(PasteTextTest, EnginesOfOneProcessTakeOnePlaceOfABatchSystem) {
  const SplitResult use = Measured({4, 2, Engine::kThreads}, "0-1 2-3 4-5 6-7");
  EXPECT_THAT(Joined(PasteLines(use, Launcher::kSlurm, {})),
              AllOf(HasSubstr("--ntasks=1\n"),
                    HasSubstr("export WORKER_CPUS=\"0-7\"\n")));
  EXPECT_THAT(Joined(PasteLines(use, Launcher::kMpi, {})),
              HasSubstr("mpirun -n 1 "));
  EXPECT_THAT(Joined(PasteLines(use, Launcher::kDask, {})),
              HasSubstr("n_workers=1, threads_per_worker=4"));
  EXPECT_THAT(Joined(PasteLines(use, Launcher::kPython, {})),
              HasSubstr("with ThreadPool(4) as pool:"));
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
      "workers sh -c 'taskset -cp $$ >> \"$OUT\"'\n"
      "test \"$(sed 's/.*: //' \"$OUT\" | sort | tr '\\n' ' ')\" = '0 1 '\n";
  const TestFolder folder;
  folder.Lay("/pasted", script);
  EXPECT_EQ(std::system(  // NOLINT(cert-env33-c,concurrency-mt-unsafe)
                fmt::format("OUT='{}' bash -eu '{}'", folder.File("out"),
                            folder.File("pasted"))
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
  EXPECT_THAT(ShortPasteLines(AllKinds()[6]),
              AllOf(Contains(HasSubstr("{0..126..2}; do")),
                    Contains(HasSubstr(" taskset -c $c-$((c+1)) \"$@\"&"))));
  // As the siblings of cores are numbered on most machines.
  EXPECT_THAT(ShortPasteLines(AllKinds()[7]),
              AllOf(Contains(HasSubstr("{0..63}; do")),
                    Contains(HasSubstr(" taskset -c $c,$((c+64)) \"$@\"&"))));
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
  EXPECT_THAT(lines, AllOf(Contains(HasSubstr("for c in $WORKER_CPUS; do")),
                           Contains(HasSubstr("taskset -c $c "))));
  const std::string counts = Joined(lines) +
                             "set -- $WORKER_CPUS\n"
                             "test $# = 64 && test ${64} = 27\n";
  EXPECT_EQ(StatusOf("bash -eu", counts), 0) << counts;
}

/// What bash says of `lines` followed by `use`, and its status.
std::pair<std::string, int> Ran(const std::vector<std::string>& lines,
                                const std::string& use) {
  const TestFolder folder;
  folder.Lay("/pasted", Joined(lines) + use);
  const int status = std::system(  // NOLINT(cert-env33-c,concurrency-mt-unsafe)
      fmt::format("bash -eu '{}' > '{}' 2>&1", folder.File("pasted"),
                  folder.File("out"))
          .c_str());
  return {text_file::Read(folder.File("out")).value_or("unreadable"),
          WEXITSTATUS(status)};
}

TEST(PasteTextTest, EachWorkerKnowsItsNumberAndOneThatFailsIsAFailure) {
  const std::vector<std::string> lines = ShortPasteLines(Measured({3, 1}));
  EXPECT_THAT(Ran(lines,
                  "workers sh -c 'sleep 0.$WORKER; echo $WORKER'\n"
                  "echo all\n"),
              Pair("0\n1\n2\nall\n", 0));
  for (const char* failing : {"0", "1", "2"}) {
    EXPECT_THAT(Ran(lines, fmt::format("workers sh -c 'test $WORKER != {}'\n"
                                       "echo all\n",
                                       failing)),
                Pair("", 1));
  }
  EXPECT_THAT(Ran(ShortPasteLines(Measured({1, 3})), "workers sh -c 'exit 4'"),
              Pair("", 4));
}

TEST(PasteTextTest, AnInterruptEndsAllWorkers) {
  EXPECT_THAT(
      Ran(ShortPasteLines(Measured({2, 1})),
          // The second worker interrupts the shell of `workers`.
          "workers sh -c 'test $WORKER = 0 || { sleep 0.5; kill -INT $PPID; }; "
          "exec sleep 1000' || echo \"status $?\"\n"),
      Pair("status 1\n", 0));
}

TEST(PasteTextTest, ASlurmJobHasAWholeNodeAndItsStepAllOfIt) {
  const std::vector<std::string> lines =
      PasteLines(Measured({5, 4}), Launcher::kSlurm);
  EXPECT_EQ(lines[0], "#!/bin/bash");
  EXPECT_EQ(lines[1], "#SBATCH --nodes=1 --exclusive --ntasks=5");
  // A step that says how many CPUs it wants gets no others.
  EXPECT_THAT(Joined(lines), Not(HasSubstr("--cpus-per-task")));
}

TEST(PasteTextTest, OfSeveralHostsSlurmAndMpiStartAll) {
  const SplitResult use = Measured({2, 1, Engine::kProcesses, 4}, "0 1");
  const std::string slurm = Joined(PasteLines(use, Launcher::kSlurm));
  EXPECT_THAT(slurm, StartsWith("#!/bin/bash\n#SBATCH --nodes=4 --exclusive "
                                "--ntasks-per-node=2\n"));
  EXPECT_THAT(
      slurm,
      HasSubstr("srun --nodes=4 --ntasks-per-node=2 --cpu-bind=none \\\n"));
  EXPECT_THAT(slurm, HasSubstr("${c[SLURM_LOCALID]}"));
  const std::string mpi = Joined(PasteLines(use, Launcher::kMpi));
  EXPECT_THAT(mpi, HasSubstr("--nodes=4 --ntasks-per-node=2\n"));
  EXPECT_THAT(mpi, HasSubstr("mpirun -n 8 $per_host --bind-to none"));
  EXPECT_THAT(mpi, HasSubstr("per_host='--map-by ppr:2:node'"));
  EXPECT_THAT(Ran({"set -- echo run"},
                  "srun() { shift 3; SLURM_LOCALID=1 \"$@\"; }\n" + slurm),
              Pair("run\n", 0));
  EXPECT_THAT(Ran({"set -- echo run"},
                  "mpirun() { test \"$1 $2 $3 $4\" = '-n 8 --map-by "
                  "ppr:2:node' || exit 9; shift 6; "
                  "OMPI_COMM_WORLD_LOCAL_RANK=0 \"$@\"; }\n" +
                      mpi),
              Pair("run\n", 0));
  for (const Launcher launcher : {Launcher::kShell, Launcher::kPython,
                                  Launcher::kJoblib, Launcher::kTorch}) {
    EXPECT_THAT(PasteLines(use, launcher)[0],
                "# for one host of 4; all: --paste=slurm, --paste=mpi");
  }
}

// The shares of a batch are by the number of all of them.
TEST(PasteTextTest, TasksOfAProgramAreSharedOverAllHosts) {
  Key key;
  key.operation = kCommandOperation;
  key.command = "./job {task}";
  key.protocol = "once";
  key.batch = 32;
  const SplitResult use = Measured({2, 1, Engine::kProcesses, 4});
  const std::string slurm = Joined(PasteLines(use, Launcher::kSlurm, {}, key));
  EXPECT_THAT(slurm, HasSubstr("export WORKER=$((SLURM_PROCID)); "));
  EXPECT_THAT(slurm, HasSubstr("t+=8"));
  const std::string shell = Joined(PasteLines(use, Launcher::kShell, {}, key));
  EXPECT_THAT(shell, HasSubstr("t+=2"));
}

TEST(PasteTextTest, ScriptsForBatchSystemsRunTheProgramBehindThem) {
  const SplitResult use = Measured({2, 1});
  EXPECT_THAT(
      Ran({"set -- echo run"}, "srun() { shift 3; \"$@\"; }\n" +
                                   Joined(PasteLines(use, Launcher::kSlurm))),
      Pair("run\n", 0));
  EXPECT_THAT(
      Ran({"set -- echo run"}, "mpirun() { shift 4; \"$@\"; }\n" +
                                   Joined(PasteLines(use, Launcher::kMpi))),
      Pair("run\n", 0));
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

TEST(PasteTextTest, SwitchesToTheLibraryThatWasMeasured) {
  const SplitResult use = AllKinds().back();
  const std::string script =
      Joined(PasteLines(use, Launcher::kShell)) +
      "test \"$OPENBLAS_CORETYPE\" = SKYLAKEX\n"
      "test \"$LD_LIBRARY_PATH\" = "
      "/usr/lib/x86_64-linux-gnu/openblas-pthread:/mine\n";
  EXPECT_EQ(StatusOf("LD_LIBRARY_PATH=/mine bash -eu", script), 0) << script;
}

TEST(PasteTextTest, PythonChoosesTheKernelsBeforeItImports) {
  const SplitResult use = AllKinds().back();
  const std::string set = R"(os.environ["OPENBLAS_CORETYPE"] = "SKYLAKEX")";
  for (const Launcher launcher : {Launcher::kPython, Launcher::kJoblib,
                                  Launcher::kTorch, Launcher::kDask}) {
    const std::string text = Joined(PasteLines(use, launcher));
    EXPECT_LT(text.find("import os\n"), text.find(set)) << text;
    for (const char* other : {"\nimport torch", "\nimport dask", "\nfrom "}) {
      EXPECT_LT(text.find(set), text.find(other)) << text;
    }
    EXPECT_THAT(text, HasSubstr("#   LD_LIBRARY_PATH=/usr/lib/x86_64-linux-gnu/"
                                "openblas-pthread python3 PROGRAM\n"));
  }
  EXPECT_THAT(
      Joined(PasteLines(use, Launcher::kDask)),
      HasSubstr(
          R"(dask.config.set({spawn + "OPENBLAS_CORETYPE": "SKYLAKEX"}))"));
  EXPECT_THAT(Joined(PasteLines(Measured({2, 1}), Launcher::kDask)),
              Not(HasSubstr("CORETYPE")));
}

TEST(PasteTextTest, PythonRunsWithTheKernelsThatWereMeasured) {
  if (std::system("python3 -c '' 2> /dev/null") != 0) {  // NOLINT
    GTEST_SKIP() << "there is no python3 here";
  }
  EXPECT_EQ(StatusOf("python3 -c 'import os, runpy, sys; "
                     "runpy.run_path(sys.argv[1]); "
                     "assert os.environ[\"OPENBLAS_CORETYPE\"] == "
                     "\"SKYLAKEX\"'",
                     Joined(PasteLines(AllKinds().back(), Launcher::kPython))),
            0);
}

/// `result` with `text` in every field that a result file has for it.
std::vector<SplitResult> WithTextInEachField(const SplitResult& result,
                                             const std::string& text) {
  std::vector<SplitResult> all;
  for (std::string PooledRows::*const field :
       {&PooledRows::kernels, &PooledRows::kernels_setting, &PooledRows::blas,
        &PooledRows::blas_file, &PooledRows::blas_threading,
        &PooledRows::system_blas, &PooledRows::batched_call,
        &PooledRows::cpus}) {
    all.push_back(result);
    all.back().*field = text;
  }
  return all;
}

TEST(PasteTextTest, WhatAFileSaysIsNeverACommand) {
  const TestFolder folder;
  const std::string hacked = folder.File("hacked");
  SplitResult switched = Measured({2, 1}, "0 1");
  switched.blas = "openblas-pthread";
  switched.blas_file = AllKinds().back().blas_file;
  switched.kernels_setting = "OPENBLAS_CORETYPE=SKYLAKEX";
  for (const SplitResult& kind :
       {Measured({2, 1}), switched, Measured({1, 2, Engine::kBatched})}) {
    for (const char* before :
         {"x", "0", "/tmp/a", "OPENBLAS_CORETYPE=X",
          "/usr/lib/x86_64-linux-gnu/openblas-pthread/libopenblas.so"}) {
      for (const std::string& text :
           {fmt::format("{};touch {};", before, hacked),
            fmt::format("{}$(touch {})", before, hacked),
            fmt::format("{}\ntouch {}\n", before, hacked)}) {
        std::string script;
        for (const SplitResult& use : WithTextInEachField(kind, text)) {
          script += Joined(ShortPasteLines(use)) +
                    "workers true 2> /dev/null || true\n";
          for (const Launcher launcher :
               {Launcher::kShell, Launcher::kSlurm, Launcher::kMpi}) {
            script += Joined(PasteLines(use, launcher));
          }
          for (const Launcher launcher : {Launcher::kPython, Launcher::kDask}) {
            EXPECT_THAT(PasteLines(use, launcher),
                        Each(Not(AnyOf(HasSubstr("\n"), StartsWith("touch"),
                                       HasSubstr("CORETYPE=X")))));
          }
        }
        EXPECT_EQ(StatusOf("bash -eu", script), 0) << script;
        ASSERT_FALSE(std::filesystem::exists(hacked)) << script;
      }
    }
  }
}

TEST(PasteTextTest, NamesBatchedCallsThatThereAre) {
  SplitResult use = Measured({1, 2, Engine::kBatched});
  use.batched_call = "cblas_sgemm_batch_strided";
  EXPECT_THAT(ShortPasteLines(use),
              Contains(HasSubstr(", cblas_sgemm_batch_strided for all tasks")));
  use.batched_call = "anything";
  EXPECT_THAT(ShortPasteLines(use),
              Contains(HasSubstr(", the library's batched call for all")));
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
