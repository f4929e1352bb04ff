#ifndef HYBRID_TOOLS_ALSO_FILES_H_
#define HYBRID_TOOLS_ALSO_FILES_H_

#include <string>
#include <vector>

namespace hybrid {

/// The format of hybrid-compare that the ending of `file` names: .txt, .json or
/// .md. Throws std::runtime_error for any other.
std::string FormatOfFile(const std::string& file);

/// Checks the files of --also before anything is measured or read. Throws
/// std::runtime_error for one without a folder, of another ending, that is a
/// result file or one of the `records`, which are read, or written by --run
/// into the folder `into` (empty: none); that folder may still have to be made.
void CheckAlsoFiles(const std::vector<std::string>& files,
                    const std::vector<std::string>& records,
                    const std::string& into);

/// Makes `text` the content of the file of --also; std::runtime_error says why
/// not.
void WriteAlsoFile(const std::string& file, const std::string& text);

}  // namespace hybrid

#endif  // HYBRID_TOOLS_ALSO_FILES_H_
