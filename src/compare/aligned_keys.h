#ifndef HYBRID_COMPARE_ALIGNED_KEYS_H_
#define HYBRID_COMPARE_ALIGNED_KEYS_H_

#include <any>
#include <map>
#include <string_view>
#include <vector>

#include "compare/differences.h"
#include "compare/pairs.h"
#include "key/key.h"

namespace hybrid {

/// What two sides that were measured in turn are to differ in: the parts of the
/// key of which all rows of a side have one value, and those of the other side
/// another one, as with `--pin=none` and `--pin=cores`. A configuration of the
/// one side is then compared with that of the other which differs in no more.
class KeyAlignment {
 public:
  KeyAlignment(RowRounds baseline, RowRounds now);

  /// A key of the baseline with the values of the new results.
  Key Apply(Key key) const;
  /// The parts, as notes: "pin: none in the baseline, cores in the new
  /// results".
  const std::vector<Difference>& differences() const { return differences_; }

 private:
  std::map<std::string_view, std::any> values_;  ///< by the column
  std::vector<Difference> differences_;
};

}  // namespace hybrid

#endif  // HYBRID_COMPARE_ALIGNED_KEYS_H_
