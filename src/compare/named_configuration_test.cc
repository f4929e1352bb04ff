#include "compare/named_configuration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "compare/output_parts.h"
#include "compare/test_comparison.h"

namespace hybrid {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class NamedConfigurationTest : public ComparedTest {
 protected:
  std::string Named(const std::string& asked) const {
    return NameText(NamedConfiguration(comparison, asked));
  }

  std::string ErrorOf(const std::string& asked) const {
    try {
      return "no error: " + Named(asked);
    } catch (const std::runtime_error& error) {
      return error.what();
    }
  }
};

TEST_F(NamedConfigurationTest, ByNameOrByWhatIsInNoOther) {
  const std::string name = "gemm n=256 batch=32 2×1";
  for (const std::string& asked :
       {name, std::string("2×1"), std::string("workers:2/")}) {
    EXPECT_EQ(Named(asked), name) << asked;
  }
}

// Another one's name may hold it, and it may be no regular expression.
TEST_F(NamedConfigurationTest, AWholeNameIsOne) {
  comparison.configurations[0].name = "Sort<int>(1";
  comparison.configurations[1].name = "Sort<int>(1, 2)";
  comparison.configurations[2].name = "Sort<int>(1, 2)/threads:2";
  EXPECT_EQ(Named("Sort<int>(1"), "Sort<int>(1");
  EXPECT_EQ(Named("Sort<int>(1, 2)"), "Sort<int>(1, 2)");
  EXPECT_THAT(ErrorOf("(2"), HasSubstr("--why: '(2' is no regular expression"));
}

TEST_F(NamedConfigurationTest, SeveralOrNoneAreNamed) {
  EXPECT_THAT(ErrorOf("n=256"),
              AllOf(HasSubstr("--why: 'n=256' is in the names of 3 "
                              "configurations: 'gemm n=256 batch=32 "),
                    HasSubstr("give more of one"), Not(HasSubstr("…"))));
  EXPECT_THAT(ErrorOf("n=257"),
              AllOf(HasSubstr("'n=257' is the name of none of 3"),
                    HasSubstr("gemm n=256 batch=32 1×1")));
}

}  // namespace
}  // namespace hybrid
