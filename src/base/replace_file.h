#ifndef HYBRID_BASE_REPLACE_FILE_H_
#define HYBRID_BASE_REPLACE_FILE_H_

#include <string>
#include <string_view>

namespace hybrid {

/// Makes `text` the content of the file at `path`: whole, or not at all. It is
/// written beside and renamed, so that a failure, be it a power cut, leaves
/// what was there. A symbolic link stays one; what is no regular file (a pipe,
/// /dev/null) is written into. Throws std::system_error that names `path`. A
/// write past RLIMIT_FSIZE raises SIGXFSZ: ignore it to get an error instead.
void ReplaceFile(const std::string& path, std::string_view text);

}  // namespace hybrid

#endif  // HYBRID_BASE_REPLACE_FILE_H_
