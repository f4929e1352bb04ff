#ifndef HYBRID_PREDICTION_LEFT_OUT_H_
#define HYBRID_PREDICTION_LEFT_OUT_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "prediction/grid.h"

namespace hybrid {

/// What is left out of a grid, and then predicted from the rest: all batches of
/// an n, all n with a batch, or both.
struct LeaveOut {
  bool n = false;
  bool batch = false;
};

/// How well the sizes of a grid are predicted by the others: the prediction's
/// typical error, from the very files that it is made of.
struct LeftOut {
  std::size_t sizes = 0;  ///< that were measured and can be predicted
  std::size_t right = 0;  ///< whose split to use is the best or ties with it
  std::size_t close = 0;  ///< others, that lose no more than 3 %
  double worst = 0;  ///< the most that one loses: 0.21 for 21 %; may be endless
  /// How far the predicted times of these splits are from the measured ones:
  /// 0.04 for 4 %.
  std::vector<double> errors;
  double widest = 1;  ///< the widest gap in n that was bridged, as a factor
};

/// Leaves each size out in turn. Without `n` and `batch` nothing is.
LeftOut TryLeftOut(const Grid& grid, const LeaveOut& what);

/// "4 of 5 sizes right, 1 within 3 %"; "2 of 4 sizes right, 2 wrong, by up to
/// 21 %"; "none could be predicted from the others".
std::string LeftOutText(const LeftOut& left_out);

}  // namespace hybrid

#endif  // HYBRID_PREDICTION_LEFT_OUT_H_
