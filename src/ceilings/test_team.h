#ifndef HYBRID_CEILINGS_TEST_TEAM_H_
#define HYBRID_CEILINGS_TEST_TEAM_H_

namespace hybrid {

/// For tests: what tells a CoreTeam that nobody interrupts it.
inline bool Never() { return false; }

}  // namespace hybrid

#endif  // HYBRID_CEILINGS_TEST_TEAM_H_
