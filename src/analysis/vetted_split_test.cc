#include "analysis/vetted_split.h"

#include <gtest/gtest.h>

namespace hybrid {
namespace {

TEST(VettedSplitTest, KeepsWhatWorkersRecord) {
  SplitResult use;
  use.blas_file = "/usr/lib/x86_64-linux-gnu/blis-openmp/libblis.so.4.0.0";
  use.cpus = "0-1,64 2,3-5";
  for (const char* setting :
       {"OPENBLAS_CORETYPE=SKYLAKEX", "BLIS_ARCH_TYPE=3", "BLIS_ARCH_TYPE=zen3",
        "MKL_ENABLE_INSTRUCTIONS=AVX512_E1", ""}) {
    use.kernels_setting = setting;
    const SplitResult vetted = VettedSplit(use);
    EXPECT_EQ(vetted.kernels_setting, setting);
    EXPECT_EQ(vetted.blas_file, use.blas_file);
    EXPECT_EQ(vetted.cpus, use.cpus);
  }
}

TEST(VettedSplitTest, DropsWhatAShellWouldTakeForMore) {
  SplitResult use;
  for (const char* setting :
       {"OPENBLAS_CORETYPE", "=X", "LD_PRELOAD=x", "OPENBLAS_CORETYPE=X;true",
        "OPENBLAS_CORETYPE=$(true)", "OPENBLAS_CORETYPE=a b",
        "OPENBLAS_CORETYPE=X\ntrue", "OPENBLAS_CORETYPE=/x.so"}) {
    use.kernels_setting = setting;
    EXPECT_EQ(VettedSplit(use).kernels_setting, "") << setting;
  }
  for (const char* file : {"libopenblas.so", "/tmp/a;true/x.so", "/a b/x.so",
                           "/a:/b/x.so", "/a\n/x.so", "/`true`", "/$HOME/x"}) {
    use.blas_file = file;
    EXPECT_EQ(VettedSplit(use).blas_file, "") << file;
  }
  for (const char* cpus :
       {"0;true", "0\n1", "$c", "-p", "0-2147483647", "3-2 0", "0-1 100000"}) {
    use.cpus = cpus;
    EXPECT_EQ(VettedSplit(use).cpus, "") << cpus;
  }
}

TEST(VettedSplitTest, VariablesThatSteerAShellAreNoFilesToSet) {
  for (const char* name :
       {"PROMPT_COMMAND", "PS1", "PS4", "BASH_ENV", "BASHOPTS", "SHELLOPTS",
        "ENV", "LD_PRELOAD", "LD_LIBRARY_PATH", "PATH", "IFS", "PYTHONSTARTUP",
        "PYTHONPATH", "UID", "EUID", "PPID", "OMP_TOOL_LIBRARIES"}) {
    EXPECT_TRUE(SteersWhatRuns(name)) << name;
  }
  for (const char* name : {"OMP_WAIT_POLICY", "A", "MODE", "PATHS", "PSI",
                           "MALLOC_ARENA_MAX", "ENVIRONMENT"}) {
    EXPECT_FALSE(SteersWhatRuns(name)) << name;
  }
}

}  // namespace
}  // namespace hybrid
