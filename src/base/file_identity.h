#ifndef HYBRID_BASE_FILE_IDENTITY_H_
#define HYBRID_BASE_FILE_IDENTITY_H_

#include <string>

namespace hybrid {

/// Whether both names lead to the same file, be it there already or still to be
/// made: by links, by other spellings. Never so for terminals and devices such
/// as /dev/null, which may have several writers.
bool LeadToSameFile(const std::string& a, const std::string& b);

/// Whether both descriptors lead into the same file or pipe. Never so for
/// terminals and devices.
bool LeadToSameFile(int a, int b);

/// Whether what is written to the descriptor `fd` ends up in the file or pipe
/// at `path`. Never so for terminals and devices.
bool LeadsInto(int fd, const std::string& path);

}  // namespace hybrid

#endif  // HYBRID_BASE_FILE_IDENTITY_H_
