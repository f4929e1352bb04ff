#ifndef HYBRID_RESULTS_FILE_KIND_H_
#define HYBRID_RESULTS_FILE_KIND_H_

#include <cstddef>
#include <string_view>

namespace hybrid {

/// How much of a file's start tells its kind.
inline constexpr std::size_t kFileKindBytes = 8;

/// What a file that begins with `start` is, and what to do about it, if it is
/// plainly no CSV in UTF-8 (compressed, UTF-16, JSON, …); empty if it may be
/// one. `start` is the file's first kFileKindBytes, or all of a shorter one.
std::string_view ForeignKind(std::string_view start);

}  // namespace hybrid

#endif  // HYBRID_RESULTS_FILE_KIND_H_
