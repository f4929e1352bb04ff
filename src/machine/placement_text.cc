#include "machine/placement_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string_view>

namespace hybrid {
namespace {

constexpr std::size_t kColumns = 100;
constexpr std::string_view kIndent = "  ";

/// `label` and `tokens` in lines that begin below each other.
std::string Wrap(const std::string& label,
                 const std::vector<std::string>& tokens) {
  std::string text;
  std::string line = label;
  const auto end_line = [&] {
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + '\n';
    line.assign(label.size(), ' ');
  };
  for (const std::string& token : tokens) {
    if (line.size() > label.size() && line.size() + token.size() > kColumns) {
      end_line();
    }
    line += token;
  }
  end_line();
  return text;
}

/// `0-3,`, `7,` and `64-67`.
std::vector<std::string> Ranges(const CpuList& cpus) {
  std::vector<std::string> ranges;
  for (std::size_t begin = 0; begin < cpus.size();) {
    std::size_t end = begin + 1;
    while (end < cpus.size() && cpus[end] == cpus[end - 1] + 1) ++end;
    ranges.push_back(end - begin == 1
                         ? fmt::format("{}", cpus[begin])
                         : fmt::format("{}-{}", cpus[begin], cpus[end - 1]));
    if (end < cpus.size()) ranges.back() += ',';
    begin = end;
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
          cells.back() += "| ";
          has_bar_ = true;
        }
        cells.push_back(Cell(end));
      }
      text += Wrap(fmt::format("{}{:<{}}  ", kIndent, Label(infos_[begin]),
                               label_width_),
                   cells);
      begin = end;
    }
    return text;
  }

  /// What the signs mean that stand in the rows; nothing if there are none.
  std::string Legend() const {
    std::vector<std::string> signs;
    if (has_free_) signs.push_back(".  no worker's core   ");
    if (has_slower_) signs.push_back("e  slower kind of core   ");
    if (has_bar_) signs.push_back("|  next last-level cache   ");
    return signs.empty() ? "" : Wrap(std::string(kIndent), signs);
  }

  std::string Workers() const {
    std::string text;
    for (std::size_t w = 0; w < assigned_.size(); ++w) {
      text += Wrap(fmt::format("{}worker {:>{}}: CPUs ", kIndent, w, digits_),
                   Ranges(assigned_[w]));
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
    return cell + ' ';
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
                          const std::vector<CpuList>& assigned) {
  Drawing drawing(topology, assigned);
  const std::string rows = drawing.Rows();
  return rows + drawing.Legend() + drawing.Workers();
}

}  // namespace hybrid
