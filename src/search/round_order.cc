#include "search/round_order.h"

#include <cstdint>
#include <random>
#include <string>
#include <utility>

#include "key/key.h"
#include "key/key_text.h"

namespace hybrid {

void ShuffleRound(const Key& key, std::size_t round,
                  std::vector<std::size_t>& racers) {
  std::vector<std::uint32_t> words{static_cast<std::uint32_t>(key.seed),
                                   static_cast<std::uint32_t>(key.seed >> 32),
                                   static_cast<std::uint32_t>(round)};
  const Key group = GroupOf(key);
  ForEachKey(group, [&words](const KeyPart& part, const auto& field) {
    // It came when there were files with rounds, whose order must not change;
    // of a group it says nothing.
    if (part.column == "host_count") return;
    for (const char c : KeyValue(field) + '\n') {
      words.push_back(static_cast<unsigned char>(c));
    }
  });
  std::seed_seq seed(words.begin(), words.end());
  std::minstd_rand random(seed);
  // Not std::shuffle, whose orders differ between standard libraries.
  for (std::size_t left = racers.size(); left > 1; --left) {
    std::swap(racers[left - 1], racers[random() % left]);
  }
}

}  // namespace hybrid
