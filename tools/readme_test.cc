// What the READMEs name is there: files, headings, flags.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>
#include <cstddef>
#include <filesystem>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "results/test_files.h"
#include "test_readmes.h"
#include "test_tool.h"

namespace hybrid {
namespace {

namespace fs = std::filesystem;

/// What the first group of `regex` matches in `text`, again and again.
std::vector<std::string> Matches(const std::string& text, const char* regex) {
  const std::regex expression(regex);
  std::vector<std::string> matches;
  for (std::sregex_iterator match(text.begin(), text.end(), expression), end;
       match != end; ++match) {
    matches.push_back((*match)[1]);
  }
  return matches;
}

/// The anchors of `text`'s headings, as GitHub makes them.
std::set<std::string> Anchors(const std::string& text) {
  std::set<std::string> anchors;
  for (const std::string& heading : Matches("\n" + text, "\n#+ +([^\n]+)")) {
    std::string anchor;
    for (const char c : heading) {
      if (c == ' ') anchor += '-';
      if (c == '-' || c == '_' || std::isalnum(static_cast<unsigned char>(c))) {
        anchor += static_cast<char>(std::tolower(c));
      }
    }
    anchors.insert(anchor);
  }
  return anchors;
}

TEST(ReadmeTest, EveryRelativeLinkLeadsSomewhere) {
  std::size_t links = 0;
  for (const fs::path& readme : Readmes()) {
    for (const std::string& link :
         Matches(ReadFile(readme), R"(\]\(([^)\s]+)\))")) {
      if (link.find("://") != std::string::npos) continue;
      ++links;
      const std::size_t hash = link.find('#');
      const fs::path target =
          hash == 0 ? readme : readme.parent_path() / link.substr(0, hash);
      EXPECT_TRUE(fs::exists(target)) << readme << ": " << link;
      if (hash == std::string::npos || !fs::exists(target)) continue;
      EXPECT_THAT(Anchors(ReadFile(target)),
                  ::testing::Contains(link.substr(hash + 1)))
          << readme << ": " << link;
    }
  }
  EXPECT_GT(links, 10U);
}

TEST(ReadmeTest, EveryFlagNamedExists) {
  constexpr const char* kFlag = "(--[a-z][a-z0-9_-]*)";
  // To begin with, flags of cmake, Slurm, MPI's launchers and GoogleTest: no
  // program of ours tells these.
  std::set<std::string> known{"--preset", "--build",   "--install",
                              "--prefix", "--nodes",   "--exclusive",
                              "--time",   "--ntasks",  "--host",
                              "--map-by", "--bind-to", "--gtest_filter"};
  for (const char* program :
       {HYBRID_BENCH, HYBRID_WORKER, HYBRID_ANSWER, HYBRID_COMPARE,
#ifdef HYBRID_REPORT
        HYBRID_REPORT
#endif
       }) {
    for (const std::string& flag :
         Matches(RunTool(std::string(program) + " --help").output, kFlag)) {
      known.insert(flag);
    }
  }
  for (const char* script :
       {"tools/run", "tools/test", "tools/setup", "tools/fuzz",
        "tools/debian13", "bench/examples/tutorial.py"}) {
    const fs::path path = fs::path(HYBRID_SOURCE) / script;
    for (const std::string& flag : Matches(ReadFile(path), kFlag)) {
      known.insert(flag);
    }
  }
  for (const fs::path& readme : Readmes()) {
    for (const std::string& flag : Matches(ReadFile(readme), kFlag)) {
      EXPECT_TRUE(known.contains(flag)) << readme << " names " << flag;
    }
  }
}

}  // namespace
}  // namespace hybrid
