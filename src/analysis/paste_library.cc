#include "analysis/paste_library.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "blas/blas_files.h"
#include "blas/debian_folder.h"
#include "key/key_text.h"

namespace hybrid {
namespace {

using LibraryText = std::vector<std::string>;

constexpr std::string_view kExportPath = "export LD_LIBRARY_PATH=";
/// What it held before, if anything: an empty part of it would be the folder
/// that a program is started in.
constexpr std::string_view kFormerPath =
    "${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}";

bool RanBlis(const SplitResult& use) {
  return use.blas == kBlis || use.blas == kTypedBlis;
}

/// Where programs have to find libblas.so.3; nothing if they need not be told,
/// or no folder would do.
std::optional<DebianFolder> FolderToSwitchTo(const SplitResult& use) {
  std::optional<DebianFolder> folder = FindDebianFolder(use.blas_file);
  if (folder && RanBlis(use) &&
      (use.system_blas.empty() || use.system_blas == folder->library->name)) {
    return std::nullopt;
  }
  return folder;
}

/// What to do where no folder switches programs to the library; empty if that
/// is not the case.
std::string LinkAdvice(const SplitResult& use) {
  if (RanBlis(use) || use.blas_file.empty() ||
      FindDebianFolder(use.blas_file)) {
    return {};
  }
  const std::string_view file = use.blas_file;
  const std::string_view name = file.substr(file.rfind('/') + 1);
  // Their names tell that they have other integers or names of calls than a
  // libblas.so.3: to preload one would be to no effect, or worse.
  if (name.find("64") != std::string_view::npos ||
      name.starts_with("libscipy_")) {
    return fmt::format("# No variable switches programs to this BLAS: link {}",
                       file);
  }
  return fmt::format(
      "# To switch: link this BLAS or, if it is LP64, start with LD_PRELOAD={}",
      file);
}

/// Of BLIS, what else was measured than a variable can say.
LibraryText BlisLines(const SplitResult& use) {
  const bool serial = RanBlis(use) && use.blas_threading == "none";
  if (!use.kernels_setting.empty()) {
    return {fmt::format("# {} kernels{}", use.kernels,
                        serial ? "; serial build: libblis4-serial" : "")};
  }
  if (!serial) return {};
  return {
      "# BLIS: link its serial build, as measured (Debian: libblis4-serial)"};
}

std::string JoinedPaths(const DebianFolder& folder) {
  return fmt::format("{}", fmt::join(folder.paths(), ":"));
}

/// `line` and `parts` as one word, in at most `room` lines; nothing if they are
/// too long for that.
std::optional<LibraryText> OneWord(std::string line,
                                   std::span<const std::string> parts,
                                   std::size_t room) {
  LibraryText lines;
  for (const std::string& part : parts) {
    // Room is left for the backslash.
    if (line.size() + part.size() + 1 > kScreenColumns) {
      lines.push_back(line + '\\');
      line.clear();
    }
    line += part;
  }
  lines.push_back(std::move(line));
  if (lines.size() > room) return std::nullopt;
  for (const std::string& one : lines) {
    if (one.size() > kScreenColumns) return std::nullopt;
  }
  return lines;
}

LibraryText ShortSwitchLines(const DebianFolder& folder, const SplitResult& use,
                             std::size_t room) {
  LibraryText parts = folder.paths();
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) parts[i] += ':';
  LibraryText kept = parts;
  kept.emplace_back(kFormerPath);
  for (const LibraryText& path : {kept, parts}) {
    if (auto lines = OneWord(std::string(kExportPath), path, room)) {
      return *std::move(lines);
    }
  }
  std::string line =
      fmt::format("# LD_LIBRARY_PATH that switches to {}: --paste=shell",
                  ShortValue("blas", use.blas));
  if (DisplayWidth(line) <= kScreenColumns) return {std::move(line)};
  return {"# LD_LIBRARY_PATH that switches to this BLAS: --paste=shell"};
}

}  // namespace

std::vector<std::string> LibraryLines(const SplitResult& use) {
  if (const auto folder = FolderToSwitchTo(use)) {
    const std::string paths = JoinedPaths(*folder);
    return {fmt::format("{}{}{}", kExportPath, paths, kFormerPath),
            // Its start script puts the machine's folder before the others.
            fmt::format(
                "# Debian's R: export R_LD_LIBRARY_PATH={}:/usr/lib/R/lib:{}",
                paths, folder->root)};
  }
  if (std::string advice = LinkAdvice(use); !advice.empty()) {
    return {std::move(advice)};
  }
  return BlisLines(use);
}

std::vector<std::string> ShortLibraryLines(const SplitResult& use,
                                           std::size_t room) {
  if (const auto folder = FolderToSwitchTo(use)) {
    return ShortSwitchLines(*folder, use, room);
  }
  if (std::string advice = LinkAdvice(use); !advice.empty()) {
    if (DisplayWidth(advice) > kScreenColumns) {
      return {"# how to switch programs to this BLAS: --paste=shell"};
    }
    return {std::move(advice)};
  }
  return BlisLines(use);
}

std::vector<std::string> PythonLibraryLines(const SplitResult& use) {
  if (const auto folder = FolderToSwitchTo(use)) {
    return {"# Start it so for this BLAS (a NumPy from PyPI has its own):",
            fmt::format("#   LD_LIBRARY_PATH={} python3 PROGRAM",
                        JoinedPaths(*folder))};
  }
  if (std::string advice = LinkAdvice(use); !advice.empty()) {
    return {std::move(advice)};
  }
  return {};
}

}  // namespace hybrid
