// What sources have to hold to for releases of libraries that are not here.

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "results/test_files.h"

namespace hybrid {
namespace {

namespace fs = std::filesystem;

// Up to fmt 10 another header has fmt::join too.
TEST(SourcesTest, WhoJoinsIncludesWhereFmt11HasIt) {
  const fs::path root = HYBRID_SOURCE;
  std::size_t count = 0;
  for (const char* folder : {"bench", "src", "tools"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      const fs::path& file = entry.path();
      if (file.extension() != ".cc" && file.extension() != ".h") continue;
      const std::string text = ReadFile(file);
      if (text.find("fmt::"
                    "join(") == std::string::npos)
        continue;
      ++count;
      EXPECT_NE(text.find("#include <fmt/ranges.h>"), std::string::npos)
          << file;
    }
  }
  EXPECT_GT(count, 0U);
}

}  // namespace
}  // namespace hybrid
