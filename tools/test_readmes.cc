#include "test_readmes.h"

#include <fmt/format.h>

#include <string_view>

#include "base/text.h"
#include "results/test_files.h"

namespace hybrid {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFence = "```";

/// The text of a comment that is all of `line`; else nothing.
std::string CommentOf(std::string_view line) {
  constexpr std::string_view kOpen = "<!-- ";
  constexpr std::string_view kClose = " -->";
  if (!line.starts_with(kOpen) || !line.ends_with(kClose)) return "";
  line.remove_prefix(kOpen.size());
  line.remove_suffix(kClose.size());
  return std::string(line);
}

std::vector<std::string> LinesOf(const fs::path& file) {
  std::vector<std::string> lines;
  std::string line;
  for (const char c : ReadFile(file)) {
    if (c != '\n') {
      line += c;
    } else {
      lines.push_back(std::move(line));
      line.clear();
    }
  }
  return lines;
}

}  // namespace

std::vector<fs::path> Readmes() {
  const fs::path root = HYBRID_SOURCE;
  std::vector<fs::path> readmes{root / "README.md"};
  for (const char* folder : {"bench", "results", "src", "tools"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      if (entry.path().filename() == "README.md" &&
          entry.path().string().find("node_modules") == std::string::npos) {
        readmes.push_back(entry.path());
      }
    }
  }
  return readmes;
}

std::string ReadmeBlock::place() const {
  return fmt::format("{}:{}", fs::relative(readme, HYBRID_SOURCE).string(),
                     line);
}

std::vector<ReadmeBlock> ReadmeBlocks() {
  std::vector<ReadmeBlock> blocks;
  for (const fs::path& readme : Readmes()) {
    const std::vector<std::string> lines = LinesOf(readme);
    bool is_open = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (lines[i].starts_with(kFence)) {
        is_open = !is_open;
        if (!is_open) continue;
        blocks.push_back({.readme = readme,
                          .line = i + 1,
                          .tag = i > 0 ? CommentOf(lines[i - 1]) : "",
                          .language = lines[i].substr(kFence.size()),
                          .lines = {}});
      } else if (is_open) {
        blocks.back().lines.push_back(lines[i]);
      }
    }
  }
  return blocks;
}

}  // namespace hybrid
