#ifndef HYBRID_BASE_SYNC_FILE_H_
#define HYBRID_BASE_SYNC_FILE_H_

#include <string>

namespace hybrid {

/// Waits until what was written to `fd` is on the disk, where a power cut can't
/// take it any more. Returns 0, or the errno of the failure; 0 also for what
/// has no disk behind it.
int SyncFile(int fd);

/// The same for the name of a file that was made at `path`. There is nothing to
/// be done about a file system that does not do it, so failures don't count.
void SyncName(const std::string& path);

}  // namespace hybrid

#endif  // HYBRID_BASE_SYNC_FILE_H_
