#include "pool/allowances.h"

#include <algorithm>

#include "protocol/control_block.h"

namespace hybrid {
namespace {

constexpr double kSlowestFlops = 50e6;
constexpr double kSlowestBytesPerS = 50e6;

}  // namespace

Allowances::Allowances(const Key& key, const PoolSettings& settings,
                       double cores)
    : key_(key),
      operation_(OperationNamed(key.operation)),
      layout_(LayoutOf(operation_, ShapeOf(key))),
      start_s_(settings.start_allowance_s),
      hang_timeout_s_(settings.hang_timeout_s),
      crowding_(std::max(1.0, static_cast<double>(key.workers) *
                                  static_cast<double>(key.blas_threads) /
                                  std::max(1.0, cores))) {}

double Allowances::Crowded(double busy_s) const {
  return crowding_ * busy_s + (crowding_ - 1) * hang_timeout_s_;
}

double Allowances::OfTask() const {
  return operation_.flops(ShapeOf(key_)) / kSlowestFlops;
}

double Allowances::Start() const { return Crowded(start_s_); }

double Allowances::Prepare() const {
  const double bytes =
      static_cast<double>(key_.batch + key_.workers) *
      static_cast<double>(layout_.operands_stride * BytesOf(key_.precision));
  return Crowded(bytes / kSlowestBytesPerS);
}

double Allowances::Batch(double cap_s) const {
  const double claimed =
      key_.engine == Engine::kBatched ? static_cast<double>(key_.batch) : 1;
  return Crowded(cap_s + claimed * OfTask());
}

double Allowances::Verify(double longest_batch_s) const {
  const auto numbers =
      static_cast<double>(layout_.operands_stride + layout_.product_stride);
  constexpr double kProducts = 2;
  // A program may make a reference in its own time.
  const double own_s = key_.runs_command() ? start_s_ + 4 * longest_batch_s : 0;
  return Crowded(own_s + kProducts * 4 * numbers / kSlowestFlops);
}

double Allowances::Prove(double longest_batch_s) const {
  // Workers wait until idle threads sleep, and look for a while, those of one
  // process in turn. A last call may begin as each of these ends.
  constexpr double kProofS = 4;
  const double calls_s =
      4 *
      (static_cast<double>(TasksOfProof(key_)) * OfTask() + longest_batch_s);
  const auto turns =
      static_cast<double>(key_.engine == Engine::kThreads ? key_.workers : 1);
  return Crowded(turns * (kProofS + calls_s));
}

}  // namespace hybrid
