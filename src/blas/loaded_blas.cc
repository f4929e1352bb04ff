#include "blas/loaded_blas.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cctype>
#include <cstdlib>
#include <optional>
#include <set>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "blas/fortran_calls.h"
#include "blas/identity.h"
#include "blas/library_table.h"
#include "blas/shared_library.h"
#include "blas/typed_blis_calls.h"
#include "counters/mapped_libraries.h"

namespace hybrid {
namespace {

/// This process's BLAS and the LAPACK beside it. There is one of each, and both
/// stay.
struct Libraries {
  std::optional<SharedLibrary> blas;
  std::optional<SharedLibrary> lapack;
};

Libraries& Loaded() {
  static Libraries libraries;
  return libraries;
}

/// Throws if more than one family of BLAS is mapped beside `file`, or another
/// one than its own, and names both. FlexiBLAS is none itself: it loads one.
void CheckOneFamily(const std::string& file, const BlasInfo& info) {
  const bool has_backend = info.family == "flexiblas";
  std::string first(has_backend ? "" : FamilyOfFile(file));
  for (const std::string& path : MappedFiles(getpid())) {
    const std::string_view family = FamilyOfFile(path);
    if (family.empty() || path == file) continue;
    if (has_backend && family == "flexiblas") continue;
    if (first.empty()) first = family;
    if (family == first) continue;
    throw std::runtime_error(fmt::format(
        "{} was loaded beside {}: calls might reach either of the two", path,
        file));
  }
}

/// The kernels that MKL runs: it loads a library with those alone at its first
/// call. Empty where none is there.
std::string KernelsOfMkl() {
  constexpr std::array<std::pair<std::string_view, const char*>, 5> kSigns{
      {{"libmkl_avx512.", "AVX512"},
       {"libmkl_avx2.", "AVX2"},
       {"libmkl_avx.", "AVX"},
       {"libmkl_mc3.", "SSE4_2"},
       {"libmkl_def.", "DEF"}}};
  const std::set<std::string> files = MappedFiles(getpid());
  for (const auto& [sign, kernels] : kSigns) {
    for (const std::string& file : files) {
      const std::string_view path = file;
      if (path.substr(path.rfind('/') + 1).starts_with(sign)) return kernels;
    }
  }
  return "";
}

/// A first call, at which a library chooses what it has not chosen before.
void CallOnce(const BlasCalls& calls) {
  constexpr double kOne = 1;
  double product = 0;
  calls.doubles().Gemm('N', 'N', 1, 1, 1, 1, &kOne, 1, &kOne, 1, 0, &product,
                       1);
}

/// All libraries are told by variables, too: some read nothing else, and each
/// thread that they start reads them again.
RoutineResolver Resolver(const BlasInfo& info) {
  return [info](const std::string& routine) -> void* {
    const Libraries& loaded = Loaded();
    // C's names have no underscore for Fortran.
    if (routine.starts_with("cblas_")) {
      const bool is_64 = info.suffix == "_64_" || info.suffix == "64_";
      return loaded.blas->Find(info.prefix + routine + (is_64 ? "64_" : ""));
    }
    const std::string name = info.prefix + routine + info.suffix;
    void* const found = loaded.blas->Find(name);
    if (found != nullptr || !loaded.lapack) return found;
    return loaded.lapack->Find(name);
  };
}

std::unique_ptr<BlasCalls> CallsOf(const BlasFiles& files,
                                   const BlasInfo& info) {
  if (files.typed) {
    using LevelSetter = void (*)(int);
    // BLIS_NO_ERROR_CHECKING: the checks are up to a third of a call at n = 16.
    if (const auto set =
            Loaded().blas->Get<LevelSetter>("bli_error_checking_level_set")) {
      set(0);
    }
    return std::make_unique<TypedBlisCalls>(
        [](const std::string& symbol) { return Loaded().blas->Find(symbol); });
  }
  if (info.integer_bits == 64) {
    return std::make_unique<FortranCalls<std::int64_t>>(Resolver(info));
  }
  return std::make_unique<FortranCalls<std::int32_t>>(Resolver(info));
}

void CheckExpected(const BlasFiles& files, const BlasInfo& info) {
  if (!files.family.empty() && files.family != info.family &&
      // What says nothing of itself is known by its place.
      !(info.family == "unknown" && files.family == "netlib") &&
      !(info.family == "unknown" && files.family == "atlas")) {
    throw std::runtime_error(fmt::format("is {}, not {}",
                                         FamilyNamed(info.family).title,
                                         FamilyNamed(files.family).title));
  }
  if (!files.threading.empty() && !info.threading.empty() &&
      files.threading != info.threading) {
    throw std::runtime_error(fmt::format("is threaded by {}, not by {}",
                                         info.threading, files.threading));
  }
}

/// What may choose OpenBLAS's kernels, over all architectures; a build has some
/// of them.
constexpr std::array kOpenBlasCores{
    "PRESCOTT",     "CORE2",          "PENRYN",      "DUNNINGTON",
    "NEHALEM",      "SANDYBRIDGE",    "HASWELL",     "SKYLAKEX",
    "COOPERLAKE",   "SAPPHIRERAPIDS", "ATOM",        "NANO",
    "OPTERON",      "OPTERON_SSE3",   "BARCELONA",   "BOBCAT",
    "BULLDOZER",    "PILEDRIVER",     "STEAMROLLER", "EXCAVATOR",
    "ZEN",          "ARMV8",          "ARMV8SVE",    "CORTEXA53",
    "CORTEXA55",    "CORTEXA57",      "CORTEXA72",   "CORTEXA73",
    "CORTEXX1",     "CORTEXX2",       "FALKOR",      "THUNDERX",
    "THUNDERX2T99", "THUNDERX3T110",  "TSV110",      "EMAG8180",
    "NEOVERSEN1",   "NEOVERSEN2",     "NEOVERSEV1",  "A64FX",
    "POWER6",       "POWER8",         "POWER9",      "POWER10"};

/// What may restrict MKL's kernels.
constexpr std::array kMklInstructions{"SSE4_2", "AVX", "AVX2", "AVX512"};

/// Layers of MKL that need no runtime of Intel's, where nobody chose others:
/// it reads these variables at its first call.
void ChooseLayersOfMkl() {
  setenv("MKL_INTERFACE_LAYER", "GNU,LP64", 0);
  setenv("MKL_THREADING_LAYER", "GNU", 0);
}

}  // namespace

LoadedBlas::LoadedBlas(const BlasFiles& files, int threads) try {
  Libraries& loaded = Loaded();
  ChooseLayersOfMkl();
  loaded.blas.emplace(files.library);
  info_ = Identify(*loaded.blas);
  info_.file = files.library;
  CheckExpected(files, info_);
  if (info_.family == "unknown" && !files.family.empty()) {
    info_.family = files.family;
    info_.threading = files.threading;
  }
  if (!files.lapack.empty() && !files.typed) {
    loaded.lapack.emplace(files.lapack);
    info_.lapack = files.lapack;
  }
  info_.integer_bits = ProbeIntegerBits(
      *loaded.blas, loaded.lapack ? &*loaded.lapack : nullptr, info_);
  SetThreads(*loaded.blas, info_, threads);
  calls_ = CallsOf(files, info_);
  if (info_.family == "mkl") {
    CallOnce(*calls_);
    info_.kernels = KernelsOfMkl();
  }
  CheckOneFamily(files.library, info_);
} catch (const std::runtime_error& error) {
  const std::string text = error.what();
  throw std::runtime_error(text.find(files.library) != std::string::npos
                               ? text
                               : fmt::format("{}: {}", files.library, text));
}

std::uint64_t LoadedBlas::threads() const {
  // A serial build of BLIS repeats what it was told.
  return info_.threading == "none" ? 1 : AskThreads(*Loaded().blas, info_);
}

bool LoadedBlas::has_lapack() const {
  return Resolver(info_)("dgesv") != nullptr;
}

void LoadedBlas::CheckCallers(std::uint64_t callers,
                              std::uint64_t threads) const {
  const auto reason =
      WhyNotCallers(info_.family, info_.threading, callers, threads);
  if (reason) throw std::runtime_error(*reason);
}

void LoadedBlas::SetThreadsOfCaller(int threads) const {
  hybrid::SetThreadsOfCaller(*Loaded().blas, info_, threads);
}

void LoadedBlas::ForEachKernels(
    const std::function<void(const std::string& value,
                             const std::string& name)>& visit) const {
  const SharedLibrary& library = *Loaded().blas;
  if (info_.family == "openblas") {
    for (const char* const core : kOpenBlasCores) {
      const std::string symbol = std::string("gotoblas_") + core;
      if (library.Find(symbol) != nullptr) visit(core, core);
    }
    return;
  }
  if (info_.family == "mkl") {
    for (const char* const value : kMklInstructions) visit(value, value);
    return;
  }
  using ArchText = const char* (*)(int);
  const auto name = library.Get<ArchText>("bli_arch_string");
  if (info_.family != "blis" || name == nullptr) return;
  constexpr int kMost = 128;
  for (int number = 0; number < kMost; ++number) {
    const char* const text = name(number);
    if (text == nullptr) return;
    visit(std::to_string(number), text);
  }
}

}  // namespace hybrid
