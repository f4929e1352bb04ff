#ifndef HYBRID_COMPARE_CONDITION_TABLE_H_
#define HYBRID_COMPARE_CONDITION_TABLE_H_

#include <string>

#include "compare/why.h"

namespace hybrid {

/// What each condition of the verdict asked, what there was, and whether that
/// met it; the one that decided is marked. Empty where none was asked.
std::string ConditionTable(const Why& why);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_CONDITION_TABLE_H_
