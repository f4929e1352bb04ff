#include "flags/readers.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/stat.h>

#include <filesystem>
#include <limits>
#include <optional>
#include <stdexcept>
#include <utility>

#include "base/duration.h"
#include "base/flag_error.h"
#include "base/parse_number.h"
#include "base/stream_names.h"
#include "blas/blas_files.h"
#include "flags/min_time.h"
#include "kernels/catalog.h"
#include "operation/operation.h"

namespace hybrid {
namespace {

/// Seconds above 0; `also` says what else the flag takes.
double ParseSeconds(std::string_view flag, std::string_view text,
                    std::string_view also) {
  constexpr double kMost = 1e6;
  const std::optional<double> seconds = ParseNumber<double>(text);
  // Written so that NaN fails too.
  if (!seconds || !(*seconds > 0 && *seconds <= kMost)) {
    throw FlagError(
        fmt::format("{}={}: takes seconds above 0 up to {:.0f}, as in 2.5{}",
                    flag, text, kMost, also));
  }
  return *seconds;
}

/// Seconds of a time such as `90`, `60s`, `5m` or `1h`.
double ParseTime(std::string_view flag, std::string_view text) {
  const std::optional<double> seconds = ParseDuration(text);
  if (!seconds || *seconds > kMostSeconds) {
    throw FlagError(fmt::format(
        "{}={}: takes a time above 0 such as 90, 60s, 5m or 1h", flag, text));
  }
  return *seconds;
}

std::optional<std::string> KernelsByName(std::string_view name) {
  if (!IsKernelsName(name)) return std::nullopt;
  return std::string(name);
}

/// `blas`, but a path in one spelling, from whatever folder it is read.
std::string WholePath(std::string_view blas) {
  if (!IsBlasPath(blas)) return std::string(blas);
  return std::filesystem::absolute(blas).lexically_normal().string();
}

}  // namespace

Reader AxisReader(Axis SweepAxes::*axis, std::uint64_t max) {
  return [=](std::string_view flag, const std::string& text, Options& options) {
    const AxisRule rule{.flag = flag, .max = max};
    options.axes.*axis = ParseAxis(rule, text);
  };
}

Reader AutoAxisReader(Axis SweepAxes::*axis, std::uint64_t max) {
  return [=](std::string_view flag, const std::string& text, Options& options) {
    const AxisRule rule{.flag = flag, .max = max, .allows_auto = true};
    options.axes.*axis = ParseAxis(rule, text);
  };
}

Reader EitherReader(bool Options::*value, std::string on, std::string off) {
  return [value, on = std::move(on), off = std::move(off)](
             std::string_view flag, const std::string& text, Options& options) {
    if (text != on && text != off) {
      throw FlagError(
          fmt::format("{}={}: takes {} or {}", flag, text, on, off));
    }
    options.*value = text == on;
  };
}

Reader SwitchReader(bool Options::*value) {
  return [value](std::string_view, const std::string& text, Options& options) {
    options.*value = text == "true";
  };
}

Reader SecondsReader(double Options::*value) {
  return [value](std::string_view flag, const std::string& text,
                 Options& options) {
    options.*value = ParseSeconds(flag, text, "");
  };
}

Reader TimeReader(std::optional<double> Options::*value) {
  return [value](std::string_view flag, const std::string& text,
                 Options& options) {
    (options.*value).reset();
    if (text.empty() && !options.given.contains(std::string(flag))) return;
    options.*value = ParseTime(flag, text);
  };
}

Reader TimesReader(std::optional<int> Options::*value) {
  return [value](std::string_view flag, const std::string& text,
                 Options& options) {
    constexpr int kMost = 100;
    (options.*value).reset();
    if (text == "auto") return;
    const std::optional<int> times = ParseNumber<int>(text);
    if (!times || *times < 0 || *times > kMost) {
      throw FlagError(
          fmt::format("{}={}: takes a whole number from 0 to {}, or auto", flag,
                      text, kMost));
    }
    options.*value = times;
  };
}

Reader FileReader(std::string Options::*value) {
  return [value](std::string_view flag, const std::string& text,
                 Options& options) {
    if (text.empty() && options.given.contains(std::string(flag))) {
      throw FlagError(fmt::format("{}=: takes a file", flag));
    }
    options.*value = text;
  };
}

void ReadOperations(std::string_view flag, const std::string& text,
                    Options& options) {
  const std::vector<std::string> names = OperationNames();
  options.axes.operations = ParseNames<std::string>(
      flag, text, fmt::format("a list of {}", fmt::join(names, ", ")),
      [&names](std::string_view name) {
        return Contains(names, name) ? std::optional(std::string(name))
                                     : std::nullopt;
      });
}

void ReadBlas(std::string_view flag, const std::string& text,
              Options& options) {
  std::vector<std::string> libraries;
  const auto add = [&libraries](const std::string& blas) {
    if (!Contains(libraries, blas)) libraries.push_back(blas);
  };
  const std::vector<std::string_view> items = SplitList(text);
  // Then it stands for both of its builds.
  const bool has_blis = Contains(items, "auto") || Contains(items, kBlis);
  for (const std::string_view item : items) {
    if (item == "auto") {
      for (const std::string& blas : InstalledBlas()) add(blas);
    } else if (item == "system") {
      const std::optional<std::string> blas = SystemBlas();
      if (!blas) {
        throw FlagError(
            fmt::format("{}={}: this system has no libblas.so.3", flag, text));
      }
      const bool is_build = *blas == "blis-openmp" || *blas == "blis-serial";
      if (!is_build || !has_blis) add(*blas);
    } else if (!IsBlasPath(item) && !Contains(BlasNames(), item)) {
      throw FlagError(fmt::format(
          "{}={}: '{}' is unknown; takes a list of {}, system, auto, or the "
          "path of a library (./libx.so)",
          flag, text, item, fmt::join(BlasNames(), ", ")));
    } else {
      add(WholePath(item));
    }
  }
  if (libraries.empty()) {
    throw FlagError(fmt::format("{}={}: no library is installed", flag, text));
  }
  options.axes.blas = std::move(libraries);
}

void ReadKernels(std::string_view flag, const std::string& text,
                 Options& options) {
  options.axes.kernels = ParseNames<std::string>(
      flag, text, "a list of best, library and names such as haswell",
      KernelsByName);
}

void ReadPin(std::string_view flag, const std::string& text, Options& options) {
  const std::optional<Pin> pin = ByName<Pin>(text);
  if (!pin) {
    throw FlagError(
        fmt::format("{}={}: takes auto, cores or none", flag, text));
  }
  options.axes.pin = *pin;
}

void ReadSeed(std::string_view flag, const std::string& text,
              Options& options) {
  const std::optional<std::uint64_t> seed = ParseNumber<std::uint64_t>(text);
  if (!seed) {
    throw FlagError(fmt::format("{}={}: takes a whole number from 0 to {}",
                                flag, text,
                                std::numeric_limits<std::uint64_t>::max()));
  }
  options.axes.seed = *seed;
}

void ReadCap(std::string_view flag, const std::string& text, Options& options) {
  options.cap_s.reset();
  if (text != "auto") options.cap_s = ParseSeconds(flag, text, " or auto");
}

void ReadDryRun(std::string_view flag, const std::string& text,
                Options& options) {
  const bool off = text.empty() || text == "false";
  if (!off && text != "true" && text != "full") {
    throw FlagError(fmt::format("{}={}: takes full, or nothing", flag, text));
  }
  options.dry_run = !off;
  options.full_dry_run = text == "full";
}

void ReadTurns(std::string_view flag, const std::string& text,
               Options& options) {
  options.turns = {};
  if (text.empty() && !options.given.contains(std::string(flag))) return;
  const std::size_t comma = text.find(',');
  const std::string_view place = std::string_view(text).substr(0, comma);
  std::optional<int> socket;
  if (comma != std::string::npos) {
    socket = ParseNumber<int>(std::string_view(text).substr(comma + 1));
  }
  struct stat status {};
  if ((place != "first" && place != "second") || !socket ||
      fstat(*socket, &status) != 0 || !S_ISSOCK(status.st_mode)) {
    throw FlagError(fmt::format(
        "{}={}: takes first,FD or second,FD, where FD is the number of a "
        "socket that hybrid-compare --run has opened: leave it out",
        flag, text));
  }
  options.turns = {.comes_first = place == "first", .socket = *socket};
}

void ReadCsvName(std::string_view flag, const std::string& text,
                 Options& options) {
  if (text.empty()) {
    throw FlagError(fmt::format("{}=: takes a file, auto or none", flag));
  }
  options.csv = NamesStandardOutput(text) ? kStandardOutput : text;
}

}  // namespace hybrid
