#include "results/host_names.h"

#include "results/machine_id.h"

namespace hybrid {

void HostNames::Unify(std::span<Row> rows) {
  for (Row& row : rows) {
    const std::string machine = MachineIdOf(row);
    if (machine.empty()) continue;
    row.host = host_of_machine_.try_emplace(machine, row.host).first->second;
  }
}

}  // namespace hybrid
