#ifndef HYBRID_OPERATION_INTEGER_LIMIT_H_
#define HYBRID_OPERATION_INTEGER_LIMIT_H_

#include <cstdint>
#include <optional>
#include <string>

#include "operation/operation.h"

namespace hybrid {

/// Why a library whose integers have 32 bits (LP64) can't count what
/// `operation` at this n needs; nothing if it can. It would say nothing when
/// they overflow.
std::optional<std::string> WhyNotLp64(const Operation& operation,
                                      std::uint64_t n);

}  // namespace hybrid

#endif  // HYBRID_OPERATION_INTEGER_LIMIT_H_
