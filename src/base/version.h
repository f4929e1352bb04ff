#ifndef HYBRID_BASE_VERSION_H_
#define HYBRID_BASE_VERSION_H_

#include <string>
#include <string_view>

namespace hybrid {

/// The project's release, as 0.1.0.
std::string_view ProjectVersion();

/// The commit that was built, or `unknown`; `-dirty` behind it where the
/// sources were changed.
std::string_view GitCommit();

/// What --version prints first: program, release, commit, type of build and
/// compiler.
std::string VersionLine(std::string_view program);

}  // namespace hybrid

#endif  // HYBRID_BASE_VERSION_H_
