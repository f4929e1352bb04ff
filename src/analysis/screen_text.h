#ifndef HYBRID_ANALYSIS_SCREEN_TEXT_H_
#define HYBRID_ANALYSIS_SCREEN_TEXT_H_

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "analysis/answer.h"

namespace hybrid {

/// The first screen has no more lines, nor columns than kScreenColumns.
inline constexpr std::size_t kFirstScreenLines = 30;

/// What the first screen needs beside the answers.
struct ScreenSettings {
  std::string file;  ///< what FILE says; empty: nothing
  /// Variables (NAME or NAME=value) of the user's shell that would steer a
  /// BLAS, which workers are spared.
  std::vector<std::string> stray;
  std::string hint{};     ///< a further line of MORE; empty: none
  std::string not_run{};  ///< what SKIPPED says; empty: nothing
  bool styled = false;    ///< bold and colour, for a terminal
  std::size_t lines = kFirstScreenLines;  ///< that are free, at best
};

/// The answers on one screen: ANSWER (the split, or the fewest rules in n and
/// batch, and its gain over the usual rules of thumb), TRUST, AVOID (the worst
/// trap that was measured), a line per group, PASTE, MORE and FILE.
std::string ScreenText(std::span<const Answer> answers,
                       const ScreenSettings& settings);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_SCREEN_TEXT_H_
