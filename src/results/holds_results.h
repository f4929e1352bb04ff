#ifndef HYBRID_RESULTS_HOLDS_RESULTS_H_
#define HYBRID_RESULTS_HOLDS_RESULTS_H_

#include <string>

namespace hybrid {

/// Whether the file at `path` is a result file, of any schema version and
/// however torn behind its header: a record that nothing else may overwrite.
/// What can't be read is none.
bool HoldsResults(const std::string& path);

}  // namespace hybrid

#endif  // HYBRID_RESULTS_HOLDS_RESULTS_H_
