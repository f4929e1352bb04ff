#include "machine/placement_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string_view>

#include "base/cpu_ranges.h"
#include "base/text.h"

namespace hybrid {
namespace {

constexpr std::string_view kIndent = "  ";

/// `0-3,`, `7,` and `64-67`.
std::vector<std::string> WithCommas(const CpuList& cpus) {
  std::vector<std::string> ranges;
  const std::string text = CpuRanges(cpus);
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size() - 1);
    ranges.push_back(text.substr(begin, end + 1 - begin));
    begin = end + 1;
  }
  return ranges;
}

/// The drawing of one machine: what its cells and rows look like follows from
/// all of its cores.
class Drawing {
 public:
  Drawing(const Topology& topology, const std::vector<CpuList>& assigned)
      : cores_(topology.cores),
        infos_(topology.core_infos),
        assigned_(assigned),
        digits_(fmt::formatted_size(
            "{}", std::max<std::size_t>(1, assigned.size()) - 1)) {
    infos_.resize(cores_.size());
    std::set<int> sockets;
    std::set<int> nodes;
    std::set<int> caches;
    for (const CoreInfo& info : infos_) {
      sockets.insert(info.socket);
      nodes.insert(info.numa_node);
      caches.insert(info.last_level_cache);
      fastest_kind_ = std::max(fastest_kind_, info.kind);
    }
    for (const CoreInfo& info : infos_) {
      has_slower_ = has_slower_ || info.kind < fastest_kind_;
    }
    names_sockets_ = sockets.size() > 1;
    names_nodes_ = nodes.size() > 1;
    // Caches that are nobody else's tell nothing of who is near to whom.
    draws_caches_ = caches.size() < cores_.size();
    for (const CoreInfo& info : infos_) {
      label_width_ = std::max(label_width_, Label(info).size());
    }
  }

  std::string Rows() {
    std::string text;
    for (std::size_t begin = 0; begin < cores_.size();) {
      std::vector<std::string> cells;
      std::size_t end = begin;
      for (; end < cores_.size() && InOneRow(begin, end); ++end) {
        if (end > begin && draws_caches_ &&
            infos_[end].last_level_cache != infos_[end - 1].last_level_cache) {
          cells.back() += " |";
          has_bar_ = true;
        }
        cells.push_back(Cell(end));
      }
      text += Wrapped(fmt::format("{}{:<{}}  ", kIndent, Label(infos_[begin]),
                                  label_width_),
                      cells, kScreenColumns);
      begin = end;
    }
    return text;
  }

  /// What the signs mean that stand in the rows; nothing if there are none.
  std::string Legend() const {
    std::vector<std::string> signs;
    if (has_free_) signs.emplace_back(".  no worker's core  ");
    if (has_slower_) signs.emplace_back("e  slower kind of core  ");
    if (has_bar_) signs.emplace_back("|  next last-level cache");
    return signs.empty() ? ""
                         : Wrapped(std::string(kIndent), signs, kScreenColumns);
  }

  /// The first workers and the last, where there are more than `most`.
  std::string Workers(std::size_t most) const {
    std::string text;
    for (std::size_t w = 0; w < assigned_.size(); ++w) {
      if (assigned_.size() > most && w + 2 == most) {
        text += fmt::format("{}…\n", kIndent);
        w = assigned_.size() - 1;
      }
      text +=
          Wrapped(fmt::format("{}worker {:>{}}: CPUs ", kIndent, w, digits_),
                  WithCommas(assigned_[w]), kScreenColumns, "");
    }
    return text;
  }

 private:
  bool InOneRow(std::size_t a, std::size_t b) const {
    return infos_[a].socket == infos_[b].socket &&
           infos_[a].numa_node == infos_[b].numa_node;
  }

  std::string Label(const CoreInfo& info) const {
    std::string label;
    if (names_sockets_) label += fmt::format("socket {}", info.socket);
    if (names_sockets_ && names_nodes_) label += ", ";
    if (names_nodes_) label += fmt::format("NUMA node {}", info.numa_node);
    return label.empty() ? "cores" : label;
  }

  std::string Cell(std::size_t core) {
    std::string cell = ".";
    const int cpu = cores_[core].front();
    const auto owner = std::find_if(
        assigned_.begin(), assigned_.end(), [cpu](const CpuList& cpus) {
          return std::binary_search(cpus.begin(), cpus.end(), cpu);
        });
    if (owner != assigned_.end()) {
      cell = std::to_string(owner - assigned_.begin());
    } else {
      has_free_ = true;
    }
    cell = fmt::format("{:>{}}", cell, digits_);
    if (has_slower_) cell += infos_[core].kind < fastest_kind_ ? 'e' : ' ';
    return cell;
  }

  const std::vector<CpuList>& cores_;
  std::vector<CoreInfo> infos_;
  const std::vector<CpuList>& assigned_;
  std::size_t digits_;
  std::size_t label_width_ = 0;
  int fastest_kind_ = 0;
  bool has_slower_ = false;
  bool names_sockets_ = false;
  bool names_nodes_ = false;
  bool draws_caches_ = false;
  bool has_free_ = false;
  bool has_bar_ = false;
};

}  // namespace

std::string PlacementText(const Topology& topology,
                          const std::vector<CpuList>& assigned,
                          std::size_t most_workers) {
  Drawing drawing(topology, assigned);
  const std::string rows = drawing.Rows();
  return rows + drawing.Legend() + drawing.Workers(most_workers);
}

}  // namespace hybrid
