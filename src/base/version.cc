#include "base/version.h"

#include <fmt/format.h>

#include "git_commit.h"

namespace hybrid {

std::string_view ProjectVersion() { return HYBRID_VERSION; }

std::string_view GitCommit() { return kGitCommit; }

std::string VersionLine(std::string_view program) {
  return fmt::format("{} {} (commit {}, {}, {})\n", program, HYBRID_VERSION,
                     kGitCommit, HYBRID_BUILD_TYPE, HYBRID_COMPILER);
}

}  // namespace hybrid
