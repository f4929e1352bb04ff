#ifndef HYBRID_TOOLS_GOLDEN_GOLDEN_CASES_H_
#define HYBRID_TOOLS_GOLDEN_GOLDEN_CASES_H_

#include <string>
#include <string_view>
#include <vector>

namespace hybrid {

/// What a command line prints is pinned in a file.
struct GoldenCase {
  /// Under `expected/`.
  std::string file;
  /// For the shell, in the folder `input`, with the built executables in PATH.
  std::string command;
  /// What is kept of stdout, without what depends on the machine; all if null.
  std::string (*keep)(std::string_view output) = nullptr;

  /// Whether the command runs this program.
  bool Runs(std::string_view program) const;
  /// Whether it runs on a machine that hwloc makes up.
  bool IsSynthetic() const;
};

/// Every command whose output is pinned.
std::vector<GoldenCase> AllGoldenCases();

}  // namespace hybrid

#endif  // HYBRID_TOOLS_GOLDEN_GOLDEN_CASES_H_
