#include "list_blas.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/flag_error.h"
#include "base/test_errors.h"
#include "base/test_folder.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(CheckInstalledTest, AMissingLibraryIsAnErrorOfWhoeverNamedIt) {
  const TestFolder empty;
  const auto error = [&](const Options& options) {
    return MessageOf<FlagError>(
        [&] { CheckInstalled(options, {empty.path()}); });
  };
  EXPECT_THAT(error(ParseOptions({})),
              AllOf(HasSubstr("blis is not installed (Debian: "),
                    HasSubstr("--blas=auto"), Not(HasSubstr("--blas=blis"))));
  EXPECT_THAT(error(ParseOptions({"--blas=netlib,mkl"})),
              HasSubstr("--blas=netlib,mkl: netlib is not installed (Debian: "
                        "libblas3); --list_blas"));
}

TEST(CheckInstalledTest, OneBuildOfBlisIsEnough) {
  for (const char* const build : {"/blis-serial", "/blis-openmp"}) {
    const TestFolder one;
    one.Lay(std::string(build) + "/libblis.so.4", "");
    EXPECT_NO_THROW(CheckInstalled(ParseOptions({}), {one.path()}));
  }
}

}  // namespace
}  // namespace hybrid
