#ifndef HYBRID_MEASURE_PROGRAM_FACTS_H_
#define HYBRID_MEASURE_PROGRAM_FACTS_H_

#include <span>
#include <string>

#include "counters/mapped_libraries.h"
#include "pool/worker_group.h"
#include "results/row.h"

namespace hybrid {

/// Writes what was seen of a command's program into `row`: its memory, and the
/// libraries that it mapped. Of nothing seen nothing is written.
void FillProgramFacts(const ProgramFacts& facts, Row& row);

/// What to know where a command was to find the library `asked` (`--blas=NAME`)
/// in `folder` first and mapped `libraries`: that one of BLAS lies elsewhere.
/// Empty if all is well, or none of BLAS was seen.
std::string OtherBlasText(const std::string& asked, const std::string& folder,
                          std::span<const MappedLibrary> libraries);

}  // namespace hybrid

#endif  // HYBRID_MEASURE_PROGRAM_FACTS_H_
