#ifndef HYBRID_MEASURE_RESUME_CHECK_H_
#define HYBRID_MEASURE_RESUME_CHECK_H_

#include <span>
#include <string>
#include <vector>

#include "machine/machine.h"
#include "measure/run_identity.h"
#include "measure/site.h"
#include "results/row.h"

namespace hybrid {

/// Where this machine is not what the file's last rows were measured on, one
/// line each; as far as no worker is needed to know it.
std::vector<std::string> MachineDifferences(std::span<const Row> rows,
                                            const Machine& machine);

/// Where machine and BLIS are not what the file's last rows were measured with,
/// one line each, by what workers say: the kind of machine, which BLIS is part
/// of, and BLIS itself.
std::vector<std::string> BlasDifferences(std::span<const Row> rows,
                                         const Site& site);

/// A line about another commit of bench, which is no reason to stop; or empty.
std::string CommitNote(std::span<const Row> rows, const RunIdentity& run);

}  // namespace hybrid

#endif  // HYBRID_MEASURE_RESUME_CHECK_H_
