#ifndef HYBRID_COMPARE_KEY_ROWS_H_
#define HYBRID_COMPARE_KEY_ROWS_H_

#include <map>
#include <span>
#include <vector>

#include "key/key.h"
#include "results/row.h"

namespace hybrid {

/// The rows of each key, which point into what was grouped. The keys are
/// without their seed: what is compared is not the machine nor BLIS, which are
/// the same on both sides or are refused; nor the kernels that ran, since what
/// `best` chooses is part of what is measured.
using KeyRows = std::map<Key, std::vector<const Row*>>;

/// All rows but those of the family Noise, which measure noise and nothing
/// else. Of several attempts of one run the last one counts.
KeyRows GroupByKey(std::span<const Row> rows);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_KEY_ROWS_H_
