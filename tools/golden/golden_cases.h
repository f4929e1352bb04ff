#ifndef HYBRID_TOOLS_GOLDEN_GOLDEN_CASES_H_
#define HYBRID_TOOLS_GOLDEN_GOLDEN_CASES_H_

#include <string>
#include <string_view>
#include <vector>

namespace hybrid {

/// A command line of which a file pins what it prints.
struct GoldenCase {
  /// The file, under `expected/`.
  std::string file;
  /// What the shell runs in the folder `input`, with the built executables in
  /// PATH.
  std::string command;
  /// What is kept of stdout, without what depends on the machine; all if null.
  std::string (*keep)(std::string_view output) = nullptr;

  /// Whether the command runs `program`.
  bool Runs(std::string_view program) const;
  /// Whether the command runs on a machine that hwloc makes up.
  bool IsSynthetic() const;
};

/// Every command whose output is pinned.
std::vector<GoldenCase> AllGoldenCases();

}  // namespace hybrid

#endif  // HYBRID_TOOLS_GOLDEN_GOLDEN_CASES_H_
