#ifndef HYBRID_ANALYSIS_FORMAT_UNITS_H_
#define HYBRID_ANALYSIS_FORMAT_UNITS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hybrid {

/// Three significant digits and no exponent: "9.61", "70.1", "1234".
std::string FormatNumber(double value);

/// A time in the unit that suits it, from ns to s: "9.61 ms".
std::string FormatSeconds(double seconds);

/// "1.97×", "8.3×", "250×": no more digits than such a ratio is worth.
std::string FormatRatio(double ratio);

/// The relative spread of samples, 0.012 for 1.2 %: "±1.2 %", "±62 %".
std::string FormatSpread(double spread);

/// A share of 1 as percent: "1.2 %", "62 %".
std::string FormatPercent(double share);

/// What `slowdown`, a multiple of another time, says of a time: "+0.9 %" up to
/// twice that time, then "8.3× slower"; "1.20× faster" below 1.
std::string FormatSlowdown(double slowdown);

/// What `slowdown`, a multiple of another time, says of a time, all in words:
/// "0.9 % slower", "8.3× slower", "1.20× faster".
std::string FormatSlower(double slowdown);

/// "  label    ", 11 columns wide: what the lines of a group start with. An
/// empty label makes the indent of the lines that follow.
std::string FormatLabel(std::string_view label);

/// `lead` and `text` as one line, or as several that break at spaces before
/// column `columns` and go on below the start of the text; never between a
/// number and what it counts. Ends with a line end.
std::string FormatParagraph(std::string_view lead, std::string_view text,
                            std::size_t columns = 100);

/// FormatParagraph behind FormatLabel.
std::string FormatLine(std::string_view label, std::string_view text);

/// One line "  label    item · item", broken between items before column 100,
/// or within an item that is longer than a line. Ends with a line end.
std::string FormatItems(std::string_view label,
                        const std::vector<std::string>& items);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_FORMAT_UNITS_H_
