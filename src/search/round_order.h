#ifndef HYBRID_SEARCH_ROUND_ORDER_H_
#define HYBRID_SEARCH_ROUND_ORDER_H_

#include <cstddef>
#include <vector>

#include "key/key.h"

namespace hybrid {

/// Puts `racers` into the random order in which round `round` of the race of
/// `key`'s group launches them: always the same for the same seed, group, round
/// and number of racers, with every standard library.
void ShuffleRound(const Key& key, std::size_t round,
                  std::vector<std::size_t>& racers);

}  // namespace hybrid

#endif  // HYBRID_SEARCH_ROUND_ORDER_H_
