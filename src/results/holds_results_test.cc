#include "results/holds_results.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <string>

#include "results/row_format.h"
#include "results/test_files.h"

namespace hybrid {
namespace {

TEST(HoldsResultsTest, ResultFilesOfAnyVersion) {
  for (const char* name : {"/version-2.csv", "/2-core-epyc-zen4.csv"}) {
    EXPECT_TRUE(HoldsResults(HYBRID_EXAMPLES + std::string(name)));
  }
}

TEST(HoldsResultsTest, HoweverTorn) {
  const TestFolder folder;
  const std::string file = folder.File("a.txt");
  for (const std::string& content :
       {HeaderLine(), HeaderLine() + "4,Hybrid", "\xEF\xBB\xBF" + HeaderLine(),
        "\r\n" + HeaderLine(),
        std::string("\"run_id\";\"schema_version\"\r\n")}) {
    WriteFile(file, content);
    EXPECT_TRUE(HoldsResults(file)) << content;
  }
}

TEST(HoldsResultsTest, NothingElse) {
  const TestFolder folder;
  const std::string file = folder.File("a.csv");
  for (const std::string& content :
       {std::string(), std::string("name,iterations,real_time\n"),
        std::string("{\n  \"context\": {\n"),
        "<p>what a result file holds:\n" + HeaderLine()}) {
    WriteFile(file, content);
    EXPECT_FALSE(HoldsResults(file)) << content;
  }
  EXPECT_FALSE(HoldsResults(folder.File("none")));
  EXPECT_FALSE(HoldsResults(folder.File("")));
  EXPECT_FALSE(HoldsResults("/dev/null"));
  const std::string pipe = folder.File("pipe");
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_FALSE(HoldsResults(pipe));  // and nobody waits for its writer
}

}  // namespace
}  // namespace hybrid
