#ifndef HYBRID_COMPARE_KEY_ROWS_H_
#define HYBRID_COMPARE_KEY_ROWS_H_

#include <map>
#include <span>
#include <vector>

#include "key/key.h"
#include "results/row.h"

namespace hybrid {

/// The rows of each configuration, which point into what was grouped. A
/// configuration is a key without its seed: no machine and no version, which
/// are the same on both sides of a comparison or are refused; nor the kernels
/// that ran, since what `best` chooses is part of what is measured.
using KeyRows = std::map<Key, std::vector<const Row*>>;

/// `rows` by configuration, in their order: all but those of the family Noise,
/// which measure noise and nothing else. Of several attempts that one run made
/// at a configuration the last one counts.
KeyRows GroupByKey(std::span<const Row> rows);

}  // namespace hybrid

#endif  // HYBRID_COMPARE_KEY_ROWS_H_
