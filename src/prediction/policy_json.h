#ifndef HYBRID_PREDICTION_POLICY_JSON_H_
#define HYBRID_PREDICTION_POLICY_JSON_H_

#include <string>

#include "prediction/policy.h"

namespace hybrid {

/// `policy` as JSON: what it is of, its points and its rules.
std::string PolicyJson(const Policy& policy);

}  // namespace hybrid

#endif  // HYBRID_PREDICTION_POLICY_JSON_H_
