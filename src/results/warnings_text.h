#ifndef HYBRID_RESULTS_WARNINGS_TEXT_H_
#define HYBRID_RESULTS_WARNINGS_TEXT_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hybrid {

/// Warnings as the column `warnings` holds them: separated by `; `, and that
/// written `\; ` where it is part of one.
std::string JoinWarnings(std::span<const std::string> warnings);

/// The warnings that JoinWarnings joined. Those of files that were written
/// before it are put together again where their texts are known.
std::vector<std::string> SplitWarnings(std::string_view text);

}  // namespace hybrid

#endif  // HYBRID_RESULTS_WARNINGS_TEXT_H_
