#ifndef HYBRID_ANALYSIS_PASTE_PYTHON_H_
#define HYBRID_ANALYSIS_PASTE_PYTHON_H_

#include <optional>
#include <string>
#include <vector>

#include "analysis/chunk_advice.h"
#include "analysis/paste_program.h"
#include "analysis/paste_text.h"
#include "analysis/split_result.h"

namespace hybrid {

/// What the lines for Python hand out.
struct PythonTasks {
  std::optional<PasteProgram> program;  ///< nothing: the user's own functions
  std::optional<ChunkAdvice> chunks;
};

/// PasteLines for `launcher`, one of Python's. Where the CPUs of the workers
/// are known, those of multiprocessing and PyTorch bind themselves to them
/// before anything loads a BLAS.
std::vector<std::string> PythonLauncherLines(Launcher launcher,
                                             const SplitResult& use,
                                             const PythonTasks& tasks);

}  // namespace hybrid

#endif  // HYBRID_ANALYSIS_PASTE_PYTHON_H_
