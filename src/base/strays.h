#ifndef HYBRID_BASE_STRAYS_H_
#define HYBRID_BASE_STRAYS_H_

#include <sys/types.h>

#include <optional>
#include <vector>

namespace hybrid {

/// Makes this process the parent of those below it that lose their own, also
/// where these have a session of their own (PR_SET_CHILD_SUBREAPER of
/// prctl(2)); without that they go to init, and nobody finds them. Descendants
/// do not inherit it. False if the system refuses.
bool AdoptOrphans();
/// Ends that.
void DisownOrphans();

/// Reaps what was adopted and has ended, without waiting. Whoever owns `kept`
/// reaps it himself; once that has ended, nothing is reaped any more.
void ReapOrphans(std::optional<pid_t> kept);

/// What descends from this process but for its children `kept` and all below
/// those; who has ended is there until it is reaped.
std::vector<pid_t> FindStrays(const std::vector<pid_t>& kept);

/// Kills and reaps the strays: what a killed child left behind. Whoever owns a
/// child and reaps it itself names it in `kept`, ended or not. Returns those
/// that are still there after some seconds, as the kernel is blocked or they
/// belong to another user: mostly none.
std::vector<pid_t> KillStrays(const std::vector<pid_t>& kept);

}  // namespace hybrid

#endif  // HYBRID_BASE_STRAYS_H_
