#ifndef HYBRID_RESULTS_HOST_NAMES_H_
#define HYBRID_RESULTS_HOST_NAMES_H_

#include <map>
#include <span>
#include <string>

#include "results/row.h"

namespace hybrid {

/// One host name for each machine: a container gets a new one at every start,
/// and its results are those of one machine all the same. What machine that is
/// the machine id says.
class HostNames {
 public:
  /// Gives rows of a machine that came before the host name it had then. Rows
  /// without a machine id keep theirs.
  void Unify(std::span<Row> rows);

 private:
  std::map<std::string, std::string> host_of_machine_;
};

}  // namespace hybrid

#endif  // HYBRID_RESULTS_HOST_NAMES_H_
