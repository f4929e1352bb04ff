#include "worker/tree_watch.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>

#include "base/text_file.h"
#include "counters/mapped_libraries.h"
#include "counters/process_tree.h"

namespace hybrid {
namespace {

/// Of the largest process that this one, or one below it, has waited for so
/// far. It has what several processes share in full.
std::uint64_t WaitedForBytes() {
  rusage usage{};
  if (getrusage(RUSAGE_CHILDREN, &usage) != 0) return 0;
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

/// The most that this process had so far.
std::uint64_t OwnPeakBytes() {
  const std::string status = text_file::Read("/proc/self/status").value_or("");
  return text_file::FindNumber<std::uint64_t>(status, "VmHWM").value_or(0) *
         1024;
}

}  // namespace

TreeWatch::TreeWatch() : waited_for_bytes_(WaitedForBytes()) {}

void TreeWatch::Look() {
  peak_bytes_ = std::max(peak_bytes_, TreePeakBytes(getpid()).value_or(0));
  for (const MappedLibrary& library : MappedLibraries(getpid())) {
    libraries_.insert(library.file);
  }
}

ProgramReport TreeWatch::Report() const {
  ProgramReport report;
  report.peak_bytes = peak_bytes_;
  const std::uint64_t waited_for = WaitedForBytes();
  // Until it becomes a program a child has the memory of who starts it, and
  // that counts among its most.
  if (waited_for > std::max(waited_for_bytes_, OwnPeakBytes())) {
    report.peak_bytes = std::max(report.peak_bytes, waited_for);
  }
  std::string files;
  for (const std::string& file : libraries_) {
    if (files.size() + file.size() + 1 >= report.libraries.text.size()) break;
    files += fmt::format("{}\n", file);
  }
  report.libraries = files;
  return report;
}

}  // namespace hybrid
