#include "pool/child_output.h"

#include <gtest/gtest.h>

#include "base/launcher.h"

namespace hybrid {
namespace {

void RunScript(const std::string& script, const ChildOutput& output) {
  LaunchSpec spec;
  spec.executable = "/bin/sh";
  spec.arguments = {"-c", script};
  spec.output_fd = output.fd();
  spec.error_fd = output.fd();
  LaunchProcess(spec).Wait();
}

TEST(ChildOutputTest, HoldsWhatTheChildPrints) {
  const ChildOutput output;
  EXPECT_EQ(output.text(), "");
  RunScript("echo one; echo two >&2", output);
  EXPECT_EQ(output.text(), "one\ntwo\n");
}

TEST(ChildOutputTest, IsBounded) {
  const ChildOutput output;
  RunScript("while echo 0123456789abcde; do :; done 2>/dev/null", output);
  EXPECT_EQ(output.text().size(), 16384U);
}

}  // namespace
}  // namespace hybrid
