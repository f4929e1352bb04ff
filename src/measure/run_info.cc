#include "measure/run_info.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <boost/uuid/random_generator.hpp>
#include <boost/uuid/uuid_io.hpp>
#include <chrono>

#include "git_commit.h"

namespace hybrid {
namespace {

std::chrono::sys_seconds Now() {
  return std::chrono::floor<std::chrono::seconds>(
      std::chrono::system_clock::now());
}

}  // namespace

RunInfo NewRunInfo() {
  RunInfo info;
  info.run_id = boost::uuids::to_string(boost::uuids::random_generator()());
  info.start_utc = fmt::format("{:%Y%m%dT%H%M%SZ}", Now());
  info.git_commit = kGitCommit;
  return info;
}

std::string UtcNow() { return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", Now()); }

Pin ResolvePin(const Key& key, const Machine& machine) {
  if (key.pin != Pin::kAuto) return key.pin;
  return IsOversubscribed(key.split(), machine.usable_cores) ? Pin::kNone
                                                             : Pin::kCores;
}

Row KeyRow(const Key& key, const Machine& machine, const RunInfo& info) {
  Row row;
  static_cast<Key&>(row) = key;
  row.run_id = info.run_id;
  row.time_utc = UtcNow();
  row.host = machine.host;
  row.machine_id = info.machine_id;
  row.cpu_model = info.cpu_model;
  row.memory_bytes = info.memory_bytes;
  row.os = info.os;
  row.git_commit = info.git_commit;
  row.flags = info.flags;
  row.warnings = info.warnings;
  row.usable_cores = static_cast<std::uint64_t>(machine.usable_cores);
  row.oversubscribed = IsOversubscribed(key.split(), machine.usable_cores);
  return row;
}

}  // namespace hybrid
