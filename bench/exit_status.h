#ifndef HYBRID_BENCH_EXIT_STATUS_H_
#define HYBRID_BENCH_EXIT_STATUS_H_

namespace hybrid {

/// Something could not be measured or written, and stderr says what.
inline constexpr int kExitFailures = 1;
/// The command line can't be taken.
inline constexpr int kExitUsage = 2;
/// A signal ended the run; its number is to be added.
inline constexpr int kExitSignal = 128;

}  // namespace hybrid

#endif  // HYBRID_BENCH_EXIT_STATUS_H_
