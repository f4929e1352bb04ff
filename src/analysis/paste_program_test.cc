// The lines to paste for the user's own program: shells and Pythons read them,
// and some really run.

#include "analysis/paste_program.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "analysis/paste_text.h"
#include "base/test_folder.h"
#include "base/text.h"
#include "base/text_file.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

/// The group of a program that was spoken to so.
Key ProgramKey(const std::string& protocol, const std::string& command) {
  Key key;
  key.operation = kCommandOperation;
  key.command = command;
  key.protocol = protocol;
  key.blas.clear();
  key.batch = 8;
  return key;
}

SplitResult SplitOn(const Split& split, const std::string& cpus = "") {
  SplitResult result;
  result.split = split;
  result.cpus = cpus;
  result.median_s = 0.4;
  result.evidence.idle_share = 0.1;
  return result;
}

std::string TextFor(const Key& key, const SplitResult& use, Launcher launcher) {
  return fmt::format("{}\n",
                     fmt::join(PasteLines(use, launcher, {}, key), "\n"));
}

struct Outcome {
  std::string output;
  int status = 0;
};

/// What `program` says of a file of `text`, and its status.
Outcome OutcomeOf(const std::string& program, const std::string& text,
                  const std::string& arguments = "") {
  const TestFolder folder;
  folder.Lay("/pasted.py", text);
  const int status = std::system(  // NOLINT(cert-env33-c,concurrency-mt-unsafe)
      fmt::format("{} '{}' {} > '{}' 2>&1", program, folder.File("pasted.py"),
                  arguments, folder.File("out"))
          .c_str());
  return {text_file::Read(folder.File("out")).value_or("unreadable"),
          WEXITSTATUS(status)};
}

std::string Sorted(const std::string& command) {
  return fmt::format("{} | sort -n | tr '\\n' ' '\n", command);
}

const std::vector<Key>& AllPrograms() {
  static const std::vector<Key> programs{
      ProgramKey("auto", "python3 job.py --n={n}"),
      ProgramKey("lines", "./job 'two words' \"it's\" ''"),
      ProgramKey("filter", "sh filter.sh {worker}"),
      ProgramKey("once", "./once --task={task} '{worker}' \"{{x}}\""),
      ProgramKey("once", "./once {first} {count} '$(date)' '\"\\'"),
      ProgramKey("whole", "mpirun -np {workers} ./job -t {blas_threads}")};
  return programs;
}

TEST(PasteProgramTest, EveryBlockIsWhatItsReaderReads) {
  const bool has_python = OutcomeOf("python3", "").status == 0;
  for (Key key : AllPrograms()) {
    key.n = 64;
    key.environment = "OMP_WAIT_POLICY=passive NAME='a b'";
    std::string script;
    const TestFolder folder;
    int files = 0;
    for (const SplitResult& use :
         {SplitOn({2, 1}, "0 1"), SplitOn({1, 2}, "0-1"), SplitOn({3, 4}),
          SplitOn({2, 1, Engine::kThreads}, "0 1")}) {
      for (const std::string_view name : kNames<Launcher>) {
        const std::string text = TextFor(key, use, *ByName<Launcher>(name));
        EXPECT_THAT(text, AllOf(HasSubstr("HYBRIDBENCH_N"),
                                HasSubstr("OMP_WAIT_POLICY"),
                                HasSubstr("\n# of: " + key.command)));
        if (text.find("\nimport ") == std::string::npos) {
          script += text;
        } else {
          folder.Lay(fmt::format("/{}.py", files++), text);
        }
      }
      const std::vector<std::string> lines = ShortPasteLines(use, {}, key);
      script += fmt::format("{}\n", fmt::join(lines, "\n"));
      EXPECT_LE(lines.size(), 8U);
      for (const std::string& line : lines) {
        EXPECT_LE(DisplayWidth(line), kScreenColumns) << line;
      }
    }
    EXPECT_EQ(OutcomeOf("bash -n", script).output, "") << script;
    EXPECT_EQ(OutcomeOf("bash -eu", script).output, "") << script;
    EXPECT_EQ(files, 16);
    if (!has_python) continue;
    const Outcome read = OutcomeOf("python3",
                                   "import ast, sys\n"
                                   "for name in sys.argv[1:]:\n"
                                   "    ast.parse(open(name).read(), name)\n",
                                   fmt::format("'{}'/*.py", folder.path()));
    EXPECT_EQ(read.output, "");
  }
}

TEST(PasteProgramTest, RunDoesAllTasksOfAFilter) {
  const Key key = ProgramKey("filter", "sed 's/^/1/'");
  const SplitResult use = SplitOn({3, 1});
  const std::string text = TextFor(key, use, Launcher::kShell);
  EXPECT_EQ(OutcomeOf("bash -eu", text + Sorted("run")).output,
            "10 11 12 13 14 15 16 17 ");
  EXPECT_EQ(OutcomeOf("bash -eu", text + Sorted("run 4")).output,
            "10 11 12 13 ");
  EXPECT_EQ(
      OutcomeOf("bash -eu", TextFor(key, SplitOn({1, 2}), Launcher::kShell) +
                                Sorted("run 3"))
          .output,
      "10 11 12 ");
}

TEST(PasteProgramTest, RunDoesAllTasksOfWhatIsStartedForEach) {
  const Key key =
      ProgramKey("once", "sh -c 'echo \"$1$2$3\"' - {task} '$HOME' x{worker}");
  const std::string text = TextFor(key, SplitOn({2, 1}), Launcher::kShell);
  EXPECT_EQ(OutcomeOf("bash -eu", text + Sorted("run 3")).output,
            "0$HOMEx0 1$HOMEx1 2$HOMEx0 ");
  const Key ranges =
      ProgramKey("once", "sh -c 'seq $1 $(($1 + $2 - 1))' - {first} {count}");
  const std::string by_ranges =
      TextFor(ranges, SplitOn({3, 1}), Launcher::kShell);
  EXPECT_EQ(OutcomeOf("bash -eu", by_ranges + Sorted("run")).output,
            "0 1 2 3 4 5 6 7 ");
  // More workers than tasks.
  EXPECT_EQ(OutcomeOf("bash -eu", by_ranges + Sorted("run 2")).output, "0 1 ");
}

TEST(PasteProgramTest, RunFailsWhereATaskDoes) {
  const Key key = ProgramKey("once", "test {task} -ne 5");
  const std::string text = TextFor(key, SplitOn({2, 1}), Launcher::kShell);
  EXPECT_EQ(OutcomeOf("bash -eu", text + "run 5\n").status, 0);
  EXPECT_EQ(OutcomeOf("bash -eu", text + "run 8\n").status, 1);
}

TEST(PasteProgramTest, BatchSystemsTellEachWorkerItsNumber) {
  const Key key = ProgramKey("once", "echo {task}{worker}");
  EXPECT_EQ(OutcomeOf("bash -eu",
                      "srun() { while [ \"${1#--}\" != \"$1\" ]; do shift; "
                      "done; for r in 0 1; do SLURM_LOCALID=$r \"$@\"; done; }"
                      "\n" +
                          TextFor(key, SplitOn({2, 1}), Launcher::kSlurm),
                      "run 3")
                .output,
            "00\n20\n11\n");
  EXPECT_EQ(OutcomeOf("bash -eu",
                      "mpirun() { shift 4; for r in 0 1; do "
                      "OMPI_COMM_WORLD_LOCAL_RANK=$r \"$@\"; done; }\n" +
                          TextFor(key, SplitOn({2, 1}), Launcher::kMpi),
                      "run 3")
                .output,
            "00\n20\n11\n");
}

TEST(PasteProgramTest, AWholeProgramIsStartedOnceWithItsSplit) {
  Key key = ProgramKey(
      "whole", "sh -c 'echo $* $OMP_NUM_THREADS $MODE' - {workers} {batch}");
  key.environment = "MODE='a b'";
  const SplitResult use = SplitOn({2, 3});
  for (const Launcher launcher :
       {Launcher::kShell, Launcher::kSlurm, Launcher::kMpi}) {
    const std::string text = TextFor(key, use, launcher);
    EXPECT_THAT(text, Not(HasSubstr("taskset")));
    EXPECT_EQ(OutcomeOf("bash -eu", text + "run\n").output, "2 8 3 a b\n");
  }
  if (OutcomeOf("python3", "").status != 0) return;
  EXPECT_EQ(OutcomeOf("python3", TextFor(key, use, Launcher::kPython)).output,
            "2 8 3 a b\n");
}

TEST(PasteProgramTest, AWholeProgramGetsToAllHostsByItself) {
  const Key key = ProgramKey(
      "whole", "echo --host={hosts} {host_count} {all_workers} {workers}");
  const SplitResult use = SplitOn({2, 3, Engine::kProcesses, 2});
  for (const Launcher launcher :
       {Launcher::kShell, Launcher::kSlurm, Launcher::kMpi}) {
    const std::string text = TextFor(key, use, launcher);
    EXPECT_THAT(text,
                AllOf(Not(HasSubstr("one host")), Not(HasSubstr("per_host="))));
    EXPECT_EQ(OutcomeOf("HOSTS=a,b bash -eu", text + "run\n").output,
              "--host=a,b 2 4 2\n");
  }
  EXPECT_THAT(
      OutcomeOf("bash -eu", TextFor(key, use, Launcher::kShell) + "run\n")
          .output,
      HasSubstr("HOSTS: takes 2 names, a,b"));
  // Slurm knows them.
  EXPECT_EQ(
      OutcomeOf("bash -eu", "scontrol() { printf 'h0\nh1\n'; }\n" +
                                TextFor(key, use, Launcher::kSlurm) + "run\n")
          .output,
      "--host=h0,h1 2 4 2\n");
  EXPECT_EQ(
      OutcomeOf("bash -eu", TextFor(key, SplitOn({2, 3}), Launcher::kShell) +
                                "[ \"$(run)\" = \"--host=$(uname -n) 1 2 2\" ]")
          .status,
      0);
  if (OutcomeOf("python3", "").status != 0) return;
  EXPECT_EQ(OutcomeOf("HOSTS=a,b python3", TextFor(key, use, Launcher::kPython))
                .output,
            "--host=a,b 2 4 2\n");
}

TEST(PasteProgramTest, PythonDoesAllTasksOfPrograms) {
  if (OutcomeOf("python3", "").status != 0) {
    GTEST_SKIP() << "there is no python3 here";
  }
  for (const Key& key :
       {ProgramKey("once", "echo {task}"), ProgramKey("filter", "cat"),
        ProgramKey("once",
                   "sh -c 'seq $1 $(($1 + $2 - 1))' - {first} "
                   "{count}")}) {
    const std::string text = TextFor(key, SplitOn({2, 1}), Launcher::kPython);
    const Outcome outcome = OutcomeOf("python3", text, "| sort -n");
    EXPECT_EQ(outcome.output, "0\n1\n2\n3\n4\n5\n6\n7\n") << text;
  }
}

/// The lines for a Python script under multiprocessing, with `functions` where
/// the user's own are to stand, and `end` behind them.
std::string Script(const Key& key, const SplitResult& use,
                   const std::string& functions, const std::string& end) {
  constexpr std::string_view kPlace =
      "# Your own imports, load and operate, in place of hybridbench.run:\n";
  std::string text = TextFor(key, use, Launcher::kPython);
  const std::size_t place = text.find(kPlace);
  EXPECT_NE(place, std::string::npos) << text;
  if (place == std::string::npos) return text;
  return text.replace(place, kPlace.size(), functions) + end;
}

TEST(PasteProgramTest, PythonsWorkersAreWhereTheyWereMeasured) {
  if (OutcomeOf("python3", "").status != 0 ||
      std::system("taskset -c 0,1 true 2> /dev/null") != 0) {  // NOLINT
    GTEST_SKIP() << "there is no python3 here, or CPUs 0 and 1 may not be used";
  }
  const std::string functions =
      "import time\n"
      "placed = os.sched_getaffinity(0)\n"
      "def load(number):\n"
      "    return number\n"
      "def operate(number):\n"
      "    time.sleep(0.2)  # No worker does all of them.\n"
      "    return number, sorted(placed), os.environ['OMP_NUM_THREADS']\n";
  const std::string end =
      "    print(sorted({str(cpus) for _, cpus, _ in results}),\n"
      "          [number for number, _, _ in results],\n"
      "          {threads for _, _, threads in results})\n";
  const Key key = ProgramKey("auto", "python3 job.py");
  const Outcome two =
      OutcomeOf("python3", Script(key, SplitOn({2, 1}, "0 1"), functions, end));
  EXPECT_EQ(two.output, "['[0]', '[1]'] [0, 1, 2, 3, 4, 5, 6, 7] {'1'}\n");
  const Outcome one =
      OutcomeOf("python3", Script(key, SplitOn({1, 2}, "0-1"), functions, end));
  EXPECT_EQ(one.output, "['[0, 1]'] [0, 1, 2, 3, 4, 5, 6, 7] {'2'}\n");
}

TEST(PasteProgramTest, PythonMultipliesWithNumPyAsWasMeasured) {
  const std::string root = HYBRID_BLAS_BUILDS "/usr/lib";
  std::string libraries;
  std::error_code ignored;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(root, ignored)) {
    if (entry.path().filename() == "openblas-pthread") {
      libraries = entry.path().string();
    }
  }
  const std::string python = fmt::format(
      "LD_LIBRARY_PATH='{0}' PYTHONPATH='{1}/python3/dist-packages:"
      "{1}/python3.11/dist-packages' python3",
      libraries, root);
  if (libraries.empty() || OutcomeOf(python, "import numpy\n").status != 0) {
    GTEST_SKIP() << "there is no NumPy here";
  }
  Key key = ProgramKey("auto", "python3 bench/examples/product.py");
  key.n = 48;
  const Outcome outcome = OutcomeOf(
      python, Script(key, SplitOn({2, 1}),
                     "import numpy as np\n"
                     "n = int(os.environ['HYBRIDBENCH_N'])\n"
                     "def load(task):\n"
                     "    rng = np.random.default_rng(task)\n"
                     "    return rng.random((n, n)), rng.random((n, n))\n"
                     "def operate(operands):\n"
                     "    a, b = operands\n"
                     "    return a @ b\n",
                     "    for number, product in enumerate(results):\n"
                     "        a, b = load(number)\n"
                     "        np.testing.assert_allclose(product, a @ b)\n"
                     "    print(len(results), product.shape)\n"));
  EXPECT_EQ(outcome.output, "8 (48, 48)\n");
}

TEST(PasteProgramTest, WhatAFileSaysOfAProgramIsNoCommand) {
  const TestFolder folder;
  const std::string hacked = folder.File("hacked");
  for (const std::string& text :
       {fmt::format("x; touch {}", hacked), fmt::format("$(touch {})", hacked),
        fmt::format("`touch {}`", hacked), fmt::format("x\ntouch {}", hacked),
        fmt::format("'x' }}}}; touch {}; {{{{", hacked),
        fmt::format("'\n'touch {}", hacked),
        fmt::format("eval 'touch {}'", hacked),
        fmt::format("PROMPT_COMMAND='touch {}' true", hacked),
        fmt::format("'\"+str(__import__(\"os\").system(\"touch {}\"))+\"'",
                    hacked)}) {
    for (const char* protocol : {"auto", "filter", "once", "whole"}) {
      Key key = ProgramKey(protocol, text);
      key.environment = fmt::format(
          "A=\"$(touch {0})\" {1}=b 'a[$(touch {0})]=1' 'B={1}'", hacked, text);
      if (protocol != std::string("auto")) {
        OutcomeOf("python3", TextFor(key, SplitOn({1, 2}), Launcher::kPython));
        ASSERT_FALSE(std::filesystem::exists(hacked)) << text;
      }
      const SplitResult use = SplitOn({2, 1}, "0 1");
      std::string script;
      for (const Launcher launcher :
           {Launcher::kShell, Launcher::kSlurm, Launcher::kMpi}) {
        script += TextFor(key, use, launcher);
      }
      script +=
          fmt::format("{}\n", fmt::join(ShortPasteLines(use, {}, key), "\n"));
      EXPECT_EQ(OutcomeOf("bash -eu", script).status, 0) << script;
      // Not even where it is run: these are words of its one command.
      OutcomeOf("bash", script + "PATH=/nowhere run\n");
      ASSERT_FALSE(std::filesystem::exists(hacked)) << script;
    }
  }
}

TEST(PasteProgramTest, ItsFirstWordIsAProgramWhateverItsName) {
  // Built into bash, its keywords, and functions of the lines themselves.
  for (const char* word : {"A=1", "eval", "if", "run", "workers", "program",
                           "-x", "source", "export"}) {
    for (const char* protocol : {"filter", "once", "whole"}) {
      const Key key =
          ProgramKey(protocol, std::string(word) + " {blas_threads}");
      const Outcome outcome = OutcomeOf(
          "bash", TextFor(key, SplitOn({1, 1}), Launcher::kShell) + "run 2\n");
      EXPECT_THAT(outcome.output, HasSubstr(std::string(word) + ": not found"));
      EXPECT_EQ(outcome.status, 127);
    }
  }
}

TEST(PasteProgramTest, AnInterruptEndsThePrograms) {
  const TestFolder folder;
  // The second one interrupts the shell of `workers`, its grandparent.
  folder.Lay("/job",
             "if [ \"$1\" = 1 ]; then\n"
             "  sleep 0.5; read -r _ _ _ shell _ < /proc/$PPID/stat\n"
             "  kill -INT $shell\n"
             "fi\n"
             "mkfifo \"$0.$$\"; read -rt 20 <> \"$0.$$\"\n"
             "echo survived\n");
  for (const char* protocol : {"once", "filter"}) {
    const std::string program = folder.File("job");
    const Key key = ProgramKey(
        protocol, fmt::format("bash '{}' {{worker}} {{task}}", program));
    // What is at work holds the pipe.
    const Outcome outcome =
        OutcomeOf("bash", TextFor(key, SplitOn({2, 1}), Launcher::kShell) +
                              "run 2 2>&1 | cat; echo ${PIPESTATUS[0]}\n");
    EXPECT_EQ(outcome.output, "1\n") << protocol;
  }
}

TEST(PasteProgramTest, VariablesThatSteerTheReadersShellAreNotSet) {
  const TestFolder folder;
  const std::string hacked = folder.File("hacked");
  const std::string names =
      "PROMPT_COMMAND, PS1, PS4, BASH_ENV, LD_PRELOAD, PATH, IFS, UID, "
      "PYTHONSTARTUP";
  Key key = ProgramKey("once", "true {task}");
  key.environment = "MODE=fast";
  std::string rest = names + ", ";
  for (std::size_t end = 0; !rest.empty(); rest.erase(0, end + 2)) {
    end = rest.find(", ");
    key.environment +=
        fmt::format(" {}='$(touch {})'", rest.substr(0, end), hacked);
  }
  const SplitResult use = SplitOn({2, 1});
  for (const std::string_view name : kNames<Launcher>) {
    const std::string text = TextFor(key, use, *ByName<Launcher>(name));
    EXPECT_THAT(text, HasSubstr("# set by hand: " + names + "\n"));
    EXPECT_THAT(text, AllOf(HasSubstr("MODE"), HasSubstr("fast"),
                            Not(HasSubstr(hacked))));
  }
  const std::vector<std::string> lines = ShortPasteLines(use, {}, key);
  EXPECT_EQ(lines[0],
            "# 2 processes × 1 BLAS thread; set by hand: --paste=shell");
  // Behind an interactive shell's lines comes its prompt.
  const Outcome pasted =
      OutcomeOf("HISTFILE= setsid --wait bash --norc -i <",
                TextFor(key, use, Launcher::kShell) + "true\n");
  EXPECT_EQ(pasted.status, 0) << pasted.output;
  EXPECT_FALSE(std::filesystem::exists(hacked));
  key.environment = "LD_PRELOAD=libjemalloc.so.2";
  EXPECT_EQ(ShortPasteLines(use, {}, key)[0],
            "# 2 processes × 1 BLAS thread; set by hand: LD_PRELOAD");
}

TEST(PasteProgramTest, WhatNoLineCanTellIsLeftToTheUser) {
  EXPECT_FALSE(PasteProgram::Of(ProgramKey("once", "./a 'open"), {2, 1}));
  EXPECT_FALSE(PasteProgram::Of(ProgramKey("once", "./a {unknown}"), {2, 1}));
  EXPECT_FALSE(PasteProgram::Of(ProgramKey("once", "./a\nb"), {2, 1}));
  EXPECT_FALSE(PasteProgram::Of(ProgramKey("once", ""), {2, 1}));
  EXPECT_FALSE(PasteProgram::Of(Key(), {2, 1}));
}

TEST(PasteProgramTest, LongCommandsOfWholeProgramsGoOverLines) {
  Key key = ProgramKey("whole", "python3 job.py");
  for (int i = 0; i < 12; ++i) key.command += fmt::format(" --option{}=1", i);
  EXPECT_THAT(ShortPasteLines(SplitOn({2, 1}), {}, key),
              Contains(AllOf(HasSubstr("run() ( exec python3 job.py"),
                             HasSubstr(" \\"))));
  key.command += std::string(80, 'x');
  EXPECT_THAT(ShortPasteLines(SplitOn({2, 1}), {}, key),
              Contains("# run, which does all tasks: --paste=shell"));
}

}  // namespace
}  // namespace hybrid
