#ifndef HYBRID_RESULTS_OPEN_FILE_H_
#define HYBRID_RESULTS_OPEN_FILE_H_

#include <sys/stat.h>

#include <string>

#include "base/unique_fd.h"

namespace hybrid {

/// Opens a regular file for reading and says in `status` what it is. Throws
/// ResultsError ("FILE: cause") for what can't be opened and what is none.
UniqueFd OpenRegularFile(const std::string& path, struct stat& status);

/// What messages call the input at `path`: `standard input`, or `path`.
std::string InputName(const std::string& path);

/// Opens what is read once from its start to its end and says in `status` what
/// it is: a file, a pipe (whose writer is waited for), standard input. Throws
/// ResultsError ("FILE: cause") for what can't be opened and for folders.
UniqueFd OpenInput(const std::string& path, struct stat& status);

/// Throws ResultsError: "FILE: what errno `error` means".
[[noreturn]] void ThrowFileError(const std::string& path, int error);

}  // namespace hybrid

#endif  // HYBRID_RESULTS_OPEN_FILE_H_
