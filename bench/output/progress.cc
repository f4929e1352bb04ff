#include "output/progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "operation/operation.h"

namespace hybrid {

Progress::Progress(std::vector<Item> items, std::size_t done) : total_(done) {
  for (Item& item : items) {
    Left& left = left_[std::move(item.name)];
    left.whole += item.weight;
    left.left += item.weight;
  }
  total_ += left_.size();
}

void Progress::Advance(const std::string& name, double part, double elapsed_s) {
  const auto item = left_.find(name);
  if (item == left_.end()) return;
  const double weight = std::min(part * item->second.whole, item->second.left);
  weight_done_ += weight;
  item->second.left -= weight;
  elapsed_s_ = elapsed_s;
}

void Progress::Finish(const std::string& name, double elapsed_s) {
  const auto item = left_.find(name);
  if (item == left_.end()) return;
  weight_done_ += item->second.left;
  elapsed_s_ = elapsed_s;
  left_.erase(item);
}

double Progress::weight_left() const {
  double weight_left = 0;
  for (const auto& [name, item] : left_) weight_left += item.left;
  return weight_left;
}

std::string Progress::StatusText(const std::string& text) const {
  const std::string left = TimeLeft();
  return fmt::format("{} {}{}{}", Count(), text, left.empty() ? "" : "  ",
                     left);
}

std::string Progress::Count() const {
  const std::string total = std::to_string(total_);
  return fmt::format("[{:>{}}/{}]", total_ - left_.size(), total.size(), total);
}

std::string Progress::TimeLeft() const {
  if (left_.empty() || weight_done_ <= 0) return "";
  return fmt::format("~{} left (estimated)",
                     MinutesText(elapsed_s_ / weight_done_ * weight_left()));
}

std::string MinutesText(double seconds) {
  const long whole = std::lround(seconds);
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

double ExpectedWeight(const Key& key, int usable_cores, int repetitions,
                      const MinTime& min_time, bool anew) {
  constexpr double kFlopsPerCore = 20e9;
  constexpr double kStartS = 0.02;
  const double cores =
      static_cast<double>(key.host_count) *
      std::min<double>(usable_cores, static_cast<double>(key.workers) *
                                         static_cast<double>(key.blas_threads));
  const double batch_s = static_cast<double>(key.batch) *
                         OperationNamed(key.operation).flops(ShapeOf(key)) /
                         (kFlopsPerCore * cores);
  if (min_time.iterations) {
    return (anew ? repetitions : 1) * kStartS +
           repetitions * static_cast<double>(*min_time.iterations) * batch_s;
  }
  if (anew) {
    return repetitions * (kStartS + std::max(batch_s, min_time.seconds));
  }
  // An estimation pass comes on top, and overshoots the minimum.
  return kStartS +
         (repetitions + 0.5) * std::max(batch_s, 1.3 * min_time.seconds);
}

}  // namespace hybrid
