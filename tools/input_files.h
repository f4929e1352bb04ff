#ifndef HYBRID_TOOLS_INPUT_FILES_H_
#define HYBRID_TOOLS_INPUT_FILES_H_

#include <string>
#include <string_view>
#include <vector>

namespace hybrid {

/// Throws std::runtime_error if what a tool prints would end up in one of the
/// result files that it reads, as with `hybrid-answer a.csv >> a.csv`.
void CheckInputFiles(const std::vector<std::string>& files);

/// Tells on stderr, after the name of the `program`, what ReadResultFiles
/// noted.
void PrintNotes(std::string_view program,
                const std::vector<std::string>& notes);

}  // namespace hybrid

#endif  // HYBRID_TOOLS_INPUT_FILES_H_
