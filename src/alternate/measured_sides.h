#ifndef HYBRID_ALTERNATE_MEASURED_SIDES_H_
#define HYBRID_ALTERNATE_MEASURED_SIDES_H_

#include <string>
#include <string_view>

#include "compare/comparison.h"
#include "statistics/paired_verdict.h"

namespace hybrid {

/// A file that a program wrote.
struct MeasuredFile {
  std::string name;  ///< what errors call it
  std::string_view text;
};

/// What two programs measured in turn, as far as it was read.
class MeasuredSides {
 public:
  virtual ~MeasuredSides() = default;

  /// Reads a round, which both sides wrote. Throws AlternationError, and leaves
  /// nothing of it then.
  virtual void AddRound(const MeasuredFile& baseline,
                        const MeasuredFile& now) = 0;

  /// The verdicts by all rounds so far.
  virtual Comparison Compare(const CompareSettings& settings,
                             const Looks& looks) const = 0;

  /// Which configuration, as IdOf calls it, a program measured that wrote
  /// `file` alone; empty if none. Of a baseline that is to differ from the new
  /// results the one that it is compared with, once a round was read.
  virtual std::string MeasuredId(const MeasuredFile& file,
                                 bool is_baseline) const = 0;
};

/// What identifies what was compared.
std::string IdOf(const ComparedConfiguration& compared);

}  // namespace hybrid

#endif  // HYBRID_ALTERNATE_MEASURED_SIDES_H_
