#ifndef HYBRID_ANALYSIS_PASTE_LIBRARY_H_
#define HYBRID_ANALYSIS_PASTE_LIBRARY_H_

#include <cstddef>
#include <string>
#include <vector>

#include "analysis/split_result.h"

namespace hybrid {

/// Lines of bash that make programs which load libblas.so.3, as Debian's NumPy
/// does, run the library that was measured; a comment with what to do instead
/// where no variable does that. Of BLIS, this suite's own, they do so only
/// where another is known to be the machine's. `use` is a VettedSplit.
std::vector<std::string> LibraryLines(const SplitResult& use);

/// The same in at most `room` lines, one at least, of at most 80 columns. What
/// LD_LIBRARY_PATH held before is kept where that fits.
std::vector<std::string> ShortLibraryLines(const SplitResult& use,
                                           std::size_t room);

/// Comments of Python with the same: it is too late for a variable of the
/// loader when Python runs.
std::vector<std::string> PythonLibraryLines(const SplitResult& use);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_PASTE_LIBRARY_H_
