#ifndef HYBRID_ANALYSIS_PASTE_SPLIT_H_
#define HYBRID_ANALYSIS_PASTE_SPLIT_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "analysis/split_result.h"

namespace hybrid {

/// How many processes to start for `use`.
std::uint64_t ProcessesOf(const SplitResult& use);

/// The CPUs of each of these, as taskset takes them, if their placement is
/// known.
std::vector<std::string> PlacesOf(const SplitResult& use);

/// What to do within the one process where that is not task after task, as
/// comments; none for processes.
std::vector<std::string> OneProcessLines(const SplitResult& use);

/// The variable of `use.kernels_setting`, which there has to be, and its value.
std::pair<std::string, std::string> KernelsVariable(const SplitResult& use);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_PASTE_SPLIT_H_
