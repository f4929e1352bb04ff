#include "results/machine_id.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>

namespace hybrid {
namespace {

/// The version of the columns whose machine_id depends on the BLAS.
constexpr std::uint64_t kVersionOfOldIds = 3;

bool IsAlphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/// The words that tell CPUs apart: without marks, clock and signature.
std::string CpuSlug(std::string_view cpu_model) {
  constexpr std::size_t kLongest = 40;
  constexpr std::array<std::string_view, 5> kFillers = {"r", "tm", "c", "cpu",
                                                        "processor"};
  cpu_model = cpu_model.substr(0, cpu_model.find(" (family "));
  cpu_model = cpu_model.substr(0, cpu_model.find('@'));
  std::string slug;
  std::string word;
  const auto end_word = [&] {
    bool is_filler = word.empty();
    for (const std::string_view filler : kFillers) is_filler |= word == filler;
    if (!is_filler && slug.size() + word.size() < kLongest) {
      slug += slug.empty() ? word : fmt::format("-{}", word);
    }
    word.clear();
  };
  for (char c : cpu_model) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (IsAlphanumeric(c)) {
      word += c;
    } else {
      end_word();
    }
  }
  end_word();
  return slug.empty() ? "cpu" : slug;
}

/// FNV-1a, 32 bits (Fowler, Noll, Vo; RFC 9923).
std::uint32_t Fnv1a(std::string_view text) {
  std::uint32_t hash = 0x811C9DC5U;
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193U;
  }
  return hash;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

/// `os` without the kernel, which stands behind the last comma, and without
/// point releases: `Ubuntu 22.04.3 LTS, Linux 6.1.0` is `Ubuntu 22.04 LTS`.
std::string Release(std::string_view os) {
  constexpr std::string_view kKernel = "Linux ";
  constexpr int kMostParts = 2;
  const std::size_t comma = os.rfind(", ");
  if (comma != std::string_view::npos) {
    os = os.substr(0, comma);
  } else if (os.starts_with(kKernel)) {
    os = {};
  }
  std::string release;
  int parts = 1;  // of the version in hand
  for (std::size_t i = 0; i < os.size(); ++i) {
    const bool point = os[i] == '.' && i > 0 && IsDigit(os[i - 1]) &&
                       i + 1 < os.size() && IsDigit(os[i + 1]);
    if (point) ++parts;
    if (!point && !IsDigit(os[i])) parts = 1;
    if (parts <= kMostParts) release += os[i];
  }
  return release;
}

}  // namespace

std::string MachineId(std::string_view cpu_model, std::uint64_t usable_cores,
                      std::uint64_t memory_bytes, std::string_view os) {
  const std::uint64_t gib = (memory_bytes + (std::uint64_t{1} << 29)) >> 30;
  const std::string exact = fmt::format("{}\n{}\n{}\n{}\n", cpu_model,
                                        usable_cores, gib, Release(os));
  return fmt::format("{}-{}c-{}g-{:08x}", CpuSlug(cpu_model), usable_cores, gib,
                     Fnv1a(exact));
}

std::string MachineIdOf(const Row& row) {
  if (row.schema_version != kVersionOfOldIds) return row.machine_id;
  return MachineId(row.cpu_model, row.usable_cores, row.memory_bytes, row.os);
}

}  // namespace hybrid
