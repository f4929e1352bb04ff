#ifndef HYBRID_COMPARE_CONFIGURATION_H_
#define HYBRID_COMPARE_CONFIGURATION_H_

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "analysis/split_result.h"
#include "results/row.h"

namespace hybrid {

/// What is compared with itself: one benchmark with all its parameters. Not
/// the machine nor BLIS, which are the same on both sides or are refused; nor
/// the kernels that ran, since what `best` chooses is part of what is measured.
struct Configuration {
  std::string family;
  std::string operation;
  std::string data;
  std::string collect;
  std::string pin;
  std::string kernels_asked;
  std::uint64_t n = 0;
  std::uint64_t batch = 0;
  Split split;
};
bool operator==(const Configuration& a, const Configuration& b);
/// By the order of the members.
bool operator<(const Configuration& a, const Configuration& b);

/// The rows of each configuration. They point into what was grouped.
using ConfigurationRows = std::map<Configuration, std::vector<const Row*>>;

/// All rows but those of `Noise/*`, which measure noise and nothing else. Of
/// several attempts of one run the last one counts.
ConfigurationRows GroupConfigurations(std::span<const Row> rows);

/// Whether `row` is of the families `Noise/*`.
bool MeasuresNoise(const Row& row);

/// The configuration that `row` measures.
Configuration ConfigurationOf(const Row& row);

/// As `bench` names it: "Hybrid/gemm/n:256/batch:32/workers:2/blas_threads:1/
/// data:fresh/collect:none/kernels:best/pin:auto", with all its parameters.
std::string ConfigurationName(const Configuration& configuration);

/// For people: "gemm n=256 batch=32 2×1", with the family unless it is
/// `Hybrid`, and with what is not the default of `bench`.
std::string ConfigurationText(const Configuration& configuration);
/// The same without the split.
std::string TasksText(const Configuration& configuration);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_CONFIGURATION_H_
