#include "base/version.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "base/scoped_environment.h"
#include "base/test_folder.h"
#include "base/text_file.h"

namespace hybrid {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

TEST(VersionTest, OneLineSaysWhatWasBuiltOfWhatAndHow) {
  EXPECT_THAT(VersionLine("some-tool"),
              MatchesRegex("some-tool [0-9.]+ \\(commit [0-9a-z-]+, "
                           "[A-Za-z]*, (GCC|[A-Z][A-Za-z]+) [0-9.]+\\)\n"));
  EXPECT_THAT(VersionLine("some-tool"), HasSubstr(GitCommit()));
}

/// The commit that a build would record for sources in `source`.
class GitCommitTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (Shell("git --version") != 0) GTEST_SKIP() << "no git";
    folder_.Lay("/outer/sources/file", "");
    ASSERT_EQ(
        Shell("cd " + outer() + " && git init -q && git add . && " + Commit()),
        0);
  }

  static int Shell(const std::string& command) {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): one thread
    return std::system(("exec >/dev/null 2>&1; " + command).c_str());
  }
  static std::string Commit() {
    return "git -c user.name=n -c user.email=e commit -q -m subject";
  }
  std::string outer() const { return folder_.File("outer"); }

  std::string HeaderFor(const std::string& source) const {
    const std::string header = folder_.File("git_commit.h");
    EXPECT_EQ(
        Shell("rm -f " + header + "; '" HYBRID_CMAKE "' -DSOURCE=" + source +
              " -DOUTPUT=" + header + " -P '" HYBRID_GIT_COMMIT "'"),
        0);
    return text_file::Read(header).value_or("");
  }

  const TestFolder folder_;
};

TEST_F(GitCommitTest, IsThatOfTheSourcesOwnRepository) {
  const std::string header = HeaderFor(outer());
  EXPECT_THAT(header, Not(HasSubstr("unknown")));
  EXPECT_THAT(header, HasSubstr("kGitCommit[] = \""));
  ASSERT_EQ(Shell("echo more >" + outer() + "/sources/file"), 0);
  EXPECT_THAT(HeaderFor(outer()), HasSubstr("-dirty\""));
}

TEST_F(GitCommitTest, OfSourcesInsideAnotherRepositoryIsUnknown) {
  EXPECT_THAT(HeaderFor(outer() + "/sources"), HasSubstr("\"unknown\""));
}

TEST_F(GitCommitTest, IgnoresTheRepositoryThatTheEnvironmentNames) {
  folder_.Lay("/other/file", "");
  const std::string other = folder_.File("other");
  ASSERT_EQ(Shell("cd " + other + " && git init -q && git add . && " +
                  Commit() + " --date=2001-01-01T00:00:00Z"),
            0);
  const std::string header = HeaderFor(outer());
  const ScopedEnvironment environment(ScopedEnvironment::Variables{
      {"GIT_DIR", other + "/.git"}, {"GIT_WORK_TREE", other}});
  EXPECT_EQ(HeaderFor(outer()), header);
  EXPECT_THAT(HeaderFor(outer() + "/sources"), HasSubstr("\"unknown\""));
}

}  // namespace
}  // namespace hybrid
