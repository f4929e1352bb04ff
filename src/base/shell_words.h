#ifndef HYBRID_BASE_SHELL_WORDS_H_
#define HYBRID_BASE_SHELL_WORDS_H_

#include <string>
#include <string_view>
#include <vector>

namespace hybrid {

/// `text` so that a shell reads it as one word, without quotes where it needs
/// none. An empty text stays empty: it stands behind a sign of equality.
std::string Quote(const std::string& text);

/// Splits at blanks, tabs and line ends and takes quotes and backslashes away
/// as a POSIX shell would; expands nothing. Throws std::invalid_argument for a
/// quote that is never closed.
std::vector<std::string> SplitWords(std::string_view text);

}  // namespace hybrid

#endif  // HYBRID_BASE_SHELL_WORDS_H_
