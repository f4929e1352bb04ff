#ifndef HYBRID_CEILINGS_TRIAD_H_
#define HYBRID_CEILINGS_TRIAD_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "ceilings/team.h"

namespace hybrid {

/// How the triad writes: through the caches, which read a line before they
/// write it, or past them (x86's non-temporal stores; elsewhere as through
/// the caches).
enum class Stores { kOrdinary, kNonTemporal };

/// One member's part of the triad a[i] = b[i] + kScalar c[i]. Owns the memory
/// of the three arrays, for which huge pages are asked.
class TriadArrays {
 public:
  static constexpr double kScalar = 3.0;

  /// Reserves three arrays of `elements` doubles. Throws std::system_error if
  /// the system refuses.
  explicit TriadArrays(std::size_t elements);
  TriadArrays(const TriadArrays&) = delete;
  TriadArrays& operator=(const TriadArrays&) = delete;
  ~TriadArrays();

  std::span<double> a() const { return {data_, elements_}; }
  std::span<double> b() const { return {data_ + stride_, elements_}; }
  std::span<double> c() const { return {data_ + 2 * stride_, elements_}; }

  /// Fills the arrays, to be called by the thread that uses them. Returns
  /// early, and unfit for use, once team.stopping().
  void Touch(const CoreTeam& team);

  /// Computes the next block of `a`, starting over at the end. Returns its
  /// bytes as STREAM counts them: 24 per element, two loads and a store,
  /// without the line that ordinary stores read.
  double Step(Stores stores);

 private:
  std::size_t elements_;
  std::size_t stride_;  // doubles from one array to the next
  std::size_t mapped_bytes_;
  void* mapping_ = nullptr;
  double* data_ = nullptr;
  std::size_t next_ = 0;
};

/// How many bytes the arrays of all members take: 4 × `cache_bytes` (64 MiB if
/// that is 0, for unknown), so that no cache holds what comes round again, but
/// no more than 1.5 GiB and a quarter of `memory_available_bytes` (0 if
/// unknown).
std::uint64_t TriadBytes(std::uint64_t cache_bytes,
                         std::uint64_t memory_available_bytes);

/// The most bytes per second that the team's members stream together, in the
/// triad of J. D. McCalpin, "Memory Bandwidth and Machine Balance in Current
/// High Performance Computers", IEEE TCCA Newsletter, December 1995, with the
/// faster of the two kinds of stores. Each member has an equal part of
/// `total_bytes` and goes round in it; a slice need not end a round. Nothing
/// if interrupted. Throws std::system_error if the system gives no memory.
std::optional<double> MeasureTriad(CoreTeam& team, std::uint64_t total_bytes);

}  // namespace hybrid

#endif  // HYBRID_CEILINGS_TRIAD_H_
