#ifndef HYBRID_COMPARE_WHY_TEXT_H_
#define HYBRID_COMPARE_WHY_TEXT_H_

#include <string>

#include "compare/why.h"

namespace hybrid {

/// Every number behind the verdict, for terminals: what each side measured,
/// what was made of it, how it scatters, and what each condition asked.
std::string WhyText(const Why& why);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_WHY_TEXT_H_
