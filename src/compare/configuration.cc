#include "compare/configuration.h"

#include <fmt/format.h>

#include <map>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include "analysis/format_units.h"
#include "analysis/groups.h"

namespace hybrid {
namespace {

auto Tie(const Configuration& c) {
  return std::tie(c.family, c.operation, c.data, c.collect, c.pin,
                  c.kernels_asked, c.n, c.batch, c.split.workers,
                  c.split.blas_threads);
}

auto Tie(const Row& row) {
  return std::tie(row.family, row.operation, row.data, row.collect, row.pin,
                  row.kernels_asked, row.n, row.batch, row.workers,
                  row.blas_threads);
}

/// " name=value", unless it is the default or unknown.
std::string Unusual(const char* name, const std::string& value,
                    const char* usual) {
  if (value.empty() || value == usual) return {};
  return fmt::format(" {}={}", name, value);
}

std::string Text(const Configuration& c, const std::string& split) {
  std::string text = c.family == "Hybrid" ? "" : c.family + " ";
  text += fmt::format("{} n={} batch={}{}{}", c.operation, c.n, c.batch,
                      split.empty() ? "" : " ", split);
  return text + Unusual("data", c.data, "fresh") +
         Unusual("collect", c.collect, "none") +
         Unusual("kernels", c.kernels_asked, "best") +
         Unusual("pin", c.pin, "auto");
}

}  // namespace

bool operator==(const Configuration& a, const Configuration& b) {
  return Tie(a) == Tie(b);
}

bool operator<(const Configuration& a, const Configuration& b) {
  return Tie(a) < Tie(b);
}

bool MeasuresNoise(const Row& row) { return row.family.starts_with("Noise/"); }

Configuration ConfigurationOf(const Row& row) {
  return {row.family,  row.operation, row.data,
          row.collect, row.pin,       row.kernels_asked,
          row.n,       row.batch,     {row.workers, row.blas_threads}};
}

ConfigurationRows GroupConfigurations(std::span<const Row> rows) {
  ConfigurationRows groups;
  auto last = groups.end();
  for (const Row& row : rows) {
    if (MeasuresNoise(row)) continue;
    // Rows of one configuration mostly stand together.
    if (last == groups.end() || Tie(last->first) != Tie(row)) {
      last = groups.try_emplace(ConfigurationOf(row)).first;
    }
    last->second.push_back(&row);
  }
  for (auto& [configuration, its_rows] : groups) KeepLastAttempts(its_rows);
  return groups;
}

std::string ConfigurationName(const Configuration& c) {
  return fmt::format(
      "{}/{}/n:{}/batch:{}/workers:{}/blas_threads:{}/data:{}/collect:{}/"
      "kernels:{}/pin:{}",
      c.family, c.operation, c.n, c.batch, c.split.workers,
      c.split.blas_threads, c.data, c.collect, c.kernels_asked, c.pin);
}

std::string ConfigurationText(const Configuration& c) {
  return Text(c, FormatSplit(c.split));
}

std::string TasksText(const Configuration& c) { return Text(c, ""); }

}  // namespace hybrid
