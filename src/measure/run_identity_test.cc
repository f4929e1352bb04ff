#include "measure/run_identity.h"

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

TEST(RunIdentityTest, EveryRunHasAnIdOfItsOwn) {
  EXPECT_NE(NewRun("").run_id, NewRun("").run_id);
  EXPECT_THAT(NewRun("").start_utc, MatchesRegex("[0-9]{8}T[0-9]{6}Z"));
  EXPECT_THAT(UtcNow(), MatchesRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z"));
  EXPECT_FALSE(NewRun("").git_commit.empty());
  EXPECT_EQ(NewRun("--n=64").flags, "--n=64");
}

TEST(RunIdentityTest, ARunThatGoesOnKeepsItsId) {
  EXPECT_EQ(NewRun("", "earlier").run_id, "earlier");
}

}  // namespace
}  // namespace hybrid
