#ifndef HYBRID_TOOLS_TEST_TOOL_H_
#define HYBRID_TOOLS_TEST_TOOL_H_

#include <filesystem>
#include <string>

#include "base/test_shell.h"

namespace hybrid {

/// Whether hybrid-report, in `build`, has a page to write: without a network
/// its build fetches none.
inline bool HasPage(const std::string& build) {
  return std::filesystem::exists(build + "/report/page.html");
}

}  // namespace hybrid

#endif  // HYBRID_TOOLS_TEST_TOOL_H_
