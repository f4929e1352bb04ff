#ifndef HYBRID_TOOLS_TEST_READMES_H_
#define HYBRID_TOOLS_TEST_READMES_H_

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace hybrid {

/// For tests: all READMEs of the sources.
std::vector<std::filesystem::path> Readmes();

/// For tests: a block of a README between fences.
struct ReadmeBlock {
  std::filesystem::path readme;
  std::size_t line = 0;  ///< of the fence that opens it
  std::string tag;       ///< the comment on the line before; empty: none
  std::string language;  ///< `sh`; empty: none
  std::vector<std::string> lines;

  /// What to find it by: "tools/README.md:21".
  std::string place() const;
};

/// For tests: the blocks of all READMEs.
std::vector<ReadmeBlock> ReadmeBlocks();

}  // namespace hybrid

#endif  // HYBRID_TOOLS_TEST_READMES_H_
