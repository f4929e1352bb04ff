#ifndef HYBRID_REPORT_PROGRAM_H_
#define HYBRID_REPORT_PROGRAM_H_

#include <string>
#include <vector>

namespace hybrid {

/// Runs `command` (a program that is looked for in PATH, and its arguments)
/// and waits for its end. Throws ReportError with the last line that it wrote
/// to stderr if it fails, and with `advice` if there is no such program. What
/// it writes to stdout is dropped.
void RunProgram(const std::vector<std::string>& command,
                const std::string& advice);

}  // namespace hybrid

#endif  // HYBRID_REPORT_PROGRAM_H_
