#include "report/verdicts.h"

#include <array>
#include <cstddef>
#include <string_view>

#include "analysis/split_result.h"
#include "base/enum_names.h"
#include "base/json.h"

namespace hybrid {
namespace {

/// How the page shows a verdict.
struct VerdictStyle {
  std::string_view symbol;
  std::string_view word;
  std::string_view meaning;
  bool leads = false;  ///< it is the best or ties with it
  bool rival = false;  ///< it is not the best, but may be as good
};

/// The styles of all verdicts, in the order of Verdict.
constexpr std::array<VerdictStyle, kNames<Verdict>.size()> kStyles = {{
    {"★", "best", "the lowest median time", true, false},
    {"☆", "tie", "not slower than the best beyond noise", true, true},
    {"↓", "slower", "slower than the best beyond noise"},
    {"?", "cannot tell", "too few repetitions to tell from the best", false,
     true},
    {"≈", "too noisy", "far from the best, and yet not beyond noise", false,
     true},
    {"⊘", "capped", "stopped at the time limit; rates are those until then"},
    {"∿", "disturbed",
     "something else disturbed all but a few repetitions, so that nothing can "
     "be said",
     false, true},
    {"✕", "failed", "an error; nothing of it is used"},
    {"–", "not run", "left out by a search or a budget: nothing was measured"},
}};

}  // namespace

JsonArray VerdictsJson() {
  JsonArray verdicts;
  for (std::size_t i = 0; i < kStyles.size(); ++i) {
    const VerdictStyle& style = kStyles[i];
    verdicts.push_back({{"name", kNames<Verdict>[i]},
                        {"symbol", style.symbol},
                        {"word", style.word},
                        {"meaning", style.meaning},
                        {"leads", style.leads},
                        {"rival", style.rival}});
  }
  return verdicts;
}

}  // namespace hybrid
