#ifndef HYBRID_TOOLS_INPUT_FILES_H_
#define HYBRID_TOOLS_INPUT_FILES_H_

#include <string>
#include <string_view>
#include <vector>

namespace hybrid {

/// Puts the newest result file of each folder among `files` in its place.
/// Throws ResultsError for a folder without one.
void TakeFromFolders(std::vector<std::string>& files);

/// Checks all that a tool is going to read. Throws std::runtime_error if what
/// it prints would end up in one of the files, as with `hybrid-answer a.csv >>
/// a.csv`, and for a stream that is named twice, since it can be read once
/// only.
void CheckInputFiles(const std::vector<std::string>& files);

/// Tells on stderr, after the name of the `program`, what ReadResultFiles
/// noted.
void PrintNotes(std::string_view program,
                const std::vector<std::string>& notes);

}  // namespace hybrid

#endif  // HYBRID_TOOLS_INPUT_FILES_H_
