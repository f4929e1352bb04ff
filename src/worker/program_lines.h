#ifndef HYBRID_WORKER_PROGRAM_LINES_H_
#define HYBRID_WORKER_PROGRAM_LINES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hybrid {

// The lines that a user's program and its worker exchange: words and
// `key=value`s, a blank between two, in ASCII. Keys that are not known are
// ignored.

/// The version of these lines.
inline constexpr std::uint64_t kLinesVersion = 1;
/// No line may be longer.
inline constexpr std::size_t kMostLineBytes = 4096;

/// `ready hybridbench=1 …`: the program has started.
struct ReadyLine {
  std::string blas;           ///< `openblas-0.3.21`; empty: it did not say
  std::uint64_t threads = 0;  ///< that its BLAS runs; 0: it did not say
  double flops = 0;           ///< of a task, finite; 0: it did not say
  bool verifies = false;      ///< it answers `verify`
  std::uint64_t lanes = 1;    ///< channels on which it answers at once
};

/// `done COUNT load=… operate=… max=…`: a range of tasks is done.
struct DoneLine {
  std::uint64_t count = 0;
  std::int64_t load_ns = 0;
  /// Absent where the program did not take the phases apart.
  std::optional<std::int64_t> operate_ns;
  std::int64_t max_ns = 0;  ///< the longest single task; 0: it did not say
};

/// `verified TASK ok`, `verified TASK wrong WHY`.
struct VerifiedLine {
  std::uint64_t task = 0;
  bool ok = false;
  std::string why;
};

/// Whether `line` is `ready`, with or without more.
bool IsReadyLine(std::string_view line);

/// These read what they are named for. Throw std::runtime_error, which shows
/// the line, for any other and for numbers that are none.
ReadyLine ParseReady(std::string_view line);
DoneLine ParseDone(std::string_view line);
VerifiedLine ParseVerified(std::string_view line);

/// What is behind `word` and a blank if `line` begins with it.
std::optional<std::string_view> BehindWord(std::string_view line,
                                           std::string_view word);

}  // namespace hybrid

#endif  // HYBRID_WORKER_PROGRAM_LINES_H_
