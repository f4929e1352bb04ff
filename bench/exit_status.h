#ifndef HYBRID_BENCH_EXIT_STATUS_H_
#define HYBRID_BENCH_EXIT_STATUS_H_

namespace hybrid {

inline constexpr int kExitFailures = 1;
inline constexpr int kExitUsage = 2;
inline constexpr int kExitSignal = 128;  ///< plus the signal's number

}  // namespace hybrid

#endif  // HYBRID_BENCH_EXIT_STATUS_H_
