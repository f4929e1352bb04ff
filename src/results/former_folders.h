#ifndef HYBRID_RESULTS_FORMER_FOLDERS_H_
#define HYBRID_RESULTS_FORMER_FOLDERS_H_

#include <string>
#include <vector>

namespace hybrid {

/// Folders in `results` that hold runs of the machine `machine_id` under an id
/// that it had before, by name: told by one row of a file in each. None once
/// `results`/`machine_id` exists, since they were named when it began.
std::vector<std::string> FormerFolders(const std::string& results,
                                       const std::string& machine_id);

/// What to tell whoever begins a history under a new id, a line for each former
/// folder: "amd-epyc-2c-24g-1f3a9c07: the history of this machine under its
/// former id is results/amd-epyc-2c-24g-9e738b3d: pass both to --history".
std::vector<std::string> FormerFolderNotes(const std::string& results,
                                           const std::string& machine_id);

}  // namespace hybrid

#endif  // HYBRID_RESULTS_FORMER_FOLDERS_H_
