#ifndef HYBRID_BASE_STREAM_NAMES_H_
#define HYBRID_BASE_STREAM_NAMES_H_

#include <string_view>

namespace hybrid {

/// Whether a command line means standard input, or standard output, where it
/// names a file: by `-`, or by a path that leads there. A file of that name is
/// `./-`.
bool NamesStandardInput(std::string_view path);
bool NamesStandardOutput(std::string_view path);

}  // namespace hybrid

#endif  // HYBRID_BASE_STREAM_NAMES_H_
