#include "measure/run_identity.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <boost/uuid/random_generator.hpp>
#include <boost/uuid/uuid_io.hpp>
#include <chrono>
#include <string>
#include <utility>

#include "base/version.h"

namespace hybrid {
namespace {

std::chrono::sys_seconds Now() {
  return std::chrono::floor<std::chrono::seconds>(
      std::chrono::system_clock::now());
}

}  // namespace

RunIdentity NewRun(std::string flags, std::string run_id) {
  if (run_id.empty()) {
    run_id = boost::uuids::to_string(boost::uuids::random_generator()());
  }
  return {.run_id = std::move(run_id),
          .start_utc = fmt::format("{:%Y%m%dT%H%M%SZ}", Now()),
          .git_commit = std::string(GitCommit()),
          .flags = std::move(flags)};
}

std::string UtcNow() { return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", Now()); }

}  // namespace hybrid
