#ifndef HYBRID_ANALYSIS_FORMAT_UNITS_H_
#define HYBRID_ANALYSIS_FORMAT_UNITS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hybrid {

/// Three significant digits and no exponent: "9.61", "70.1", "1234".
std::string FormatNumber(double value);

/// "9.61 ms".
std::string FormatSeconds(double seconds);

/// "1.97×", "8.3×", "250×": no more digits than such a ratio is worth.
std::string FormatRatio(double ratio);

/// "±1.2 %", "±62 %": the relative spread of samples.
std::string FormatSpread(double spread);

/// "1.2 %", "62 %": a share of 1.
std::string FormatPercent(double share);

/// What `slowdown` says of a time: "+0.9 %" up to twice the time, then
/// "8.3× slower".
std::string FormatSlowdown(double slowdown);

/// Likewise in words: "0.9 % slower", "8.3× slower", "1.20× faster".
std::string FormatSlower(double slowdown);

/// "  label    ": what the lines of a group start with.
std::string FormatLabel(std::string_view label);

/// Columns that UTF-8 text takes on a terminal.
std::size_t DisplayWidth(std::string_view text);

/// `lead` and `text` as one line, or as several that break at spaces before
/// column 100 and go on below the start of the text; not between a number and
/// what it counts.
std::string FormatParagraph(std::string_view lead, std::string_view text);

/// One line "  label    item · item", broken between items before column 100.
std::string FormatItems(std::string_view label,
                        const std::vector<std::string>& items);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_FORMAT_UNITS_H_
