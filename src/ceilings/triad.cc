#include "ceilings/triad.h"

#include <sys/mman.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <memory>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/system_error.h"

namespace hybrid {
namespace {

constexpr std::uint64_t kMebi = std::uint64_t{1} << 20;
constexpr std::size_t kHugePage = 2 * kMebi;
constexpr std::size_t kLine = 8;  // doubles in a cache line
// Long enough to make clock and store fence cheap, short enough to end a slice
// in time: some 50 µs.
constexpr std::size_t kBlock = 1 << 15;  // doubles
constexpr double kBytesPerElement = 3 * sizeof(double);

// About as long as a scheduler lets a thread run.
constexpr auto kTriadSlice = std::chrono::milliseconds(4);
constexpr int kTriadRounds = 18;

void Triad(double* a, const double* b, const double* c, std::size_t count,
           Stores stores) {
  std::size_t i = 0;
#ifdef __SSE2__
  const __m128d scalar = _mm_set1_pd(TriadArrays::kScalar);
  const auto pair = [&](std::size_t at) {
    return _mm_add_pd(_mm_load_pd(b + at),
                      _mm_mul_pd(scalar, _mm_load_pd(c + at)));
  };
  if (stores == Stores::kNonTemporal) {
    for (; i + kLine <= count; i += kLine) {
      _mm_stream_pd(a + i, pair(i));
      _mm_stream_pd(a + i + 2, pair(i + 2));
      _mm_stream_pd(a + i + 4, pair(i + 4));
      _mm_stream_pd(a + i + 6, pair(i + 6));
    }
    _mm_sfence();  // the time until they are written is the block's
  } else {
    for (; i + kLine <= count; i += kLine) {
      _mm_store_pd(a + i, pair(i));
      _mm_store_pd(a + i + 2, pair(i + 2));
      _mm_store_pd(a + i + 4, pair(i + 4));
      _mm_store_pd(a + i + 6, pair(i + 6));
    }
  }
#else
  static_cast<void>(stores);
#endif
  for (; i < count; ++i) a[i] = b[i] + TriadArrays::kScalar * c[i];
}

std::size_t RoundUp(std::size_t value, std::size_t multiple) {
  return (value + multiple - 1) / multiple * multiple;
}

}  // namespace

TriadArrays::TriadArrays(std::size_t elements)
    : elements_(elements),
      stride_(RoundUp(elements, kLine)),
      mapped_bytes_(3 * stride_ * sizeof(double) + kHugePage),
      mapping_(mmap(nullptr, mapped_bytes_, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) {
  if (mapping_ == MAP_FAILED) {
    ThrowSystemError("memory for the triad");
  }
#ifdef MADV_HUGEPAGE
  madvise(mapping_, mapped_bytes_, MADV_HUGEPAGE);  // advice, no matter if not
#endif
  void* aligned = mapping_;
  std::size_t space = mapped_bytes_;
  data_ = static_cast<double*>(
      std::align(kHugePage, mapped_bytes_ - kHugePage, aligned, space));
}

TriadArrays::~TriadArrays() { munmap(mapping_, mapped_bytes_); }

void TriadArrays::Touch(const CoreTeam& team) {
  for (std::size_t i = 0; i < elements_ && !team.stopping();) {
    const std::size_t end = std::min(elements_, i + kBlock);
    for (; i < end; ++i) {
      a()[i] = 0.0;
      b()[i] = static_cast<double>(i % 1021);
      c()[i] = static_cast<double>(i % 1024);
    }
  }
}

double TriadArrays::Step(Stores stores) {
  const std::size_t count = std::min(kBlock, elements_ - next_);
  Triad(&a()[next_], &b()[next_], &c()[next_], count, stores);
  next_ += count;
  if (next_ == elements_) next_ = 0;
  return kBytesPerElement * static_cast<double>(count);
}

std::uint64_t TriadBytes(std::uint64_t cache_bytes,
                         std::uint64_t memory_available_bytes) {
  constexpr std::uint64_t kUnknownCache = 64 * kMebi;
  constexpr std::uint64_t kMost = 1536 * kMebi;
  const std::uint64_t cache = cache_bytes == 0 ? kUnknownCache : cache_bytes;
  std::uint64_t bytes = cache > kMost / 4 ? kMost : 4 * cache;
  if (memory_available_bytes != 0) {
    bytes = std::min(bytes, memory_available_bytes / 4);
  }
  return bytes;
}

std::optional<double> MeasureTriad(CoreTeam& team, std::uint64_t total_bytes) {
  const std::size_t elements = std::max<std::size_t>(
      static_cast<std::size_t>(total_bytes) / (3 * sizeof(double)) /
          std::max<std::size_t>(team.size(), 1) / kLine * kLine,
      kLine);
  std::deque<TriadArrays> arrays;  // which neither move nor copy
  for (std::size_t member = 0; member < team.size(); ++member) {
    arrays.emplace_back(elements);
  }
  if (!team.Run([&](std::size_t member) { arrays[member].Touch(team); })) {
    return std::nullopt;
  }
  double best = 0;
  for (int round = 0; round < kTriadRounds; ++round) {
    for (const Stores stores : {Stores::kNonTemporal, Stores::kOrdinary}) {
      const std::optional<double> rate = team.Rate(
          kTriadSlice,
          [&](std::size_t member) { return arrays[member].Step(stores); });
      if (!rate) return std::nullopt;
      best = std::max(best, *rate);
    }
  }
  return best;
}

}  // namespace hybrid
