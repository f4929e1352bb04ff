#ifndef HYBRID_BASE_STANDARD_STREAMS_H_
#define HYBRID_BASE_STANDARD_STREAMS_H_

#include <string_view>

namespace hybrid {

/// Writes `text` to standard error. If that can't be written nobody can be
/// told, so nothing happens: no complaint may end what it complains of.
void PrintError(std::string_view text) noexcept;

/// Writes `text` to standard output. Throws std::system_error ("standard
/// output: cause").
void PrintOutput(std::string_view text);

}  // namespace hybrid

#endif  // HYBRID_BASE_STANDARD_STREAMS_H_
