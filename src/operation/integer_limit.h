#ifndef HYBRID_OPERATION_INTEGER_LIMIT_H_
#define HYBRID_OPERATION_INTEGER_LIMIT_H_

#include <optional>
#include <string>

#include "operation/operation.h"
#include "operation/shape.h"

namespace hybrid {

/// Why a library whose integers have 32 bits (LP64) can't count what
/// `operation` of this shape needs; nothing if it can. It would say nothing
/// when they overflow.
std::optional<std::string> WhyNotLp64(const Operation& operation,
                                      const Shape& shape);

}  // namespace hybrid

#endif  // HYBRID_OPERATION_INTEGER_LIMIT_H_
