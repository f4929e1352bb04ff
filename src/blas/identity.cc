#include "blas/identity.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/parse_number.h"
#include "base/text_file.h"

namespace hybrid {
namespace {

using IntGetter = int (*)();
using TextGetter = const char* (*)();

/// `name` as this OpenBLAS calls it, which NumPy's wheels rename.
std::string OpenBlasName(const BlasInfo& info, const std::string& name) {
  return info.prefix + name + (info.suffix == "_64_" ? "64_" : "");
}

/// As OPENBLAS_CORETYPE takes it.
std::string UpperCase(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

/// "OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH Haswell MAX_THREADS=64".
void IdentifyOpenBlas(const SharedLibrary& library, BlasInfo& info) {
  const auto text = [&](const std::string& name) -> std::string {
    const auto get = library.Get<TextGetter>(OpenBlasName(info, name));
    return get == nullptr ? "" : get();
  };
  const std::string config = text("openblas_get_config");
  constexpr std::string_view kMost = "MAX_THREADS=";
  bool version_next = false;
  for (const std::string_view word : text_file::Words(config)) {
    if (version_next) info.version = word;
    version_next = word == "OpenBLAS";
    if (word.starts_with(kMost)) {
      info.most_threads =
          ParseNumber<std::uint64_t>(word.substr(kMost.size())).value_or(0);
    }
  }
  info.kernels = UpperCase(text("openblas_get_corename"));
  const auto parallel =
      library.Get<IntGetter>(OpenBlasName(info, "openblas_get_parallel"));
  constexpr std::array<const char*, 3> kThreading{"none", "pthread", "openmp"};
  const int kind = parallel == nullptr ? -1 : parallel();
  if (kind >= 0 && kind < 3) {
    info.threading = kThreading[static_cast<std::size_t>(kind)];
  }
}

void IdentifyBlis(const SharedLibrary& library, BlasInfo& info) {
  using Initializer = void (*)();
  using ArchText = const char* (*)(int);
  using Flag = std::int64_t (*)();
  // Without this bli_arch_query_id aborts when BLIS_ARCH_TYPE is set (0.9.0).
  if (const auto init = library.Get<Initializer>("bli_init")) init();
  const auto is_set = [&library](const char* name) {
    // bool in some releases, gint_t in others: the low byte tells.
    const auto flag = library.Get<Flag>(name);
    return flag != nullptr && (flag() & 0xff) != 0;
  };
  info.threading = is_set("bli_info_get_enable_openmp")     ? "openmp"
                   : is_set("bli_info_get_enable_pthreads") ? "pthread"
                                                            : "none";
  if (const auto get = library.Get<TextGetter>("bli_info_get_version_str")) {
    info.version = get();
  }
  const auto query = library.Get<IntGetter>("bli_arch_query_id");
  const auto name = library.Get<ArchText>("bli_arch_string");
  if (query != nullptr && name != nullptr) {
    const char* const kernels = name(query());
    if (kernels != nullptr) info.kernels = kernels;
  }
}

/// "Intel(R) oneAPI Math Kernel Library Version 2023.1-Product Build …".
void IdentifyMkl(const SharedLibrary& library, BlasInfo& info) {
  using VersionGetter = void (*)(char*, int);
  using LayerSetter = int (*)(int);
  std::array<char, 256> text{};
  if (const auto get = library.Get<VersionGetter>("MKL_Get_Version_String")) {
    get(text.data(), static_cast<int>(text.size()) - 1);
  }
  bool version_next = false;
  for (const std::string_view word : text_file::Words(text.data())) {
    if (version_next) info.version = word.substr(0, word.find('-'));
    version_next = word == "Version";
  }
  // Layers of MKL: Intel's OpenMP 0, none 1, PGI's 2, GNU's OpenMP 3, TBB 4.
  if (const auto layer = library.Get<LayerSetter>("MKL_Set_Threading_Layer")) {
    const int kind = layer(-1);
    info.threading = kind == 1 ? "none" : kind == 4 ? "tbb" : "openmp";
  }
}

/// "3.4.2 (OPENBLAS-OPENMP)": whose calls it passes on to is half of what it
/// is.
void IdentifyFlexiBlas(const SharedLibrary& library, BlasInfo& info) {
  using VersionGetter = void (*)(int*, int*, int*);
  using BackendGetter = int (*)(char*, std::size_t);
  std::array<int, 3> version{};
  if (const auto get = library.Get<VersionGetter>("flexiblas_get_version")) {
    get(version.data(), &version[1], &version[2]);
    info.version = fmt::format("{}.{}.{}", version[0], version[1], version[2]);
  }
  std::array<char, 32> backend{};
  if (const auto get =
          library.Get<BackendGetter>("flexiblas_current_backend")) {
    get(backend.data(), backend.size() - 1);
  }
  if (backend.front() == '\0') return;
  if (!info.version.empty()) info.version += ' ';
  info.version += fmt::format("({})", backend.data());
}

/// OpenBLAS's threads spin for 2^28 ticks, 0.1 s, those of LLVM's and Intel's
/// OpenMP for 0.2 s, and libgomp's for some milliseconds. BLIS's pthread build
/// has none that wait.
std::int64_t LongestSpinNs(const BlasInfo& info) {
  constexpr std::int64_t kLongest = 210'000'000;
  constexpr std::int64_t kLongestOfGomp = 30'000'000;
  if (info.threading == "none") return 0;
  if (info.threading == "pthread" && info.family == "blis") return 0;
  // The others' runtimes have libgomp's entry points, too.
  const bool is_gomp = dlsym(RTLD_DEFAULT, "GOMP_parallel") != nullptr &&
                       dlsym(RTLD_DEFAULT, "__kmpc_fork_call") == nullptr;
  return info.threading == "openmp" && is_gomp ? kLongestOfGomp : kLongest;
}

/// Whether the library is of a family that this symbol is a sign of.
bool Has(const SharedLibrary& library, const char* symbol) {
  return library.Find(symbol) != nullptr;
}

std::string FamilyOf(const SharedLibrary& library, const BlasInfo& info) {
  // FlexiBLAS has everybody's setters, so it is asked first.
  if (Has(library, "flexiblas_set_num_threads")) return "flexiblas";
  if (Has(library, "MKL_Get_Version_String")) return "mkl";
  if (library.Find(OpenBlasName(info, "openblas_get_config")) != nullptr) {
    return "openblas";
  }
  if (Has(library, "bli_info_get_version_str")) return "blis";
  if (Has(library, "nvpl_blas_set_num_threads")) return "nvpl";
  if (Has(library, "armpl_set_num_threads")) return "armpl";
  if (Has(library, "ATL_buildinfo")) return "atlas";
  return "unknown";
}

void FindAffixes(const SharedLibrary& library, BlasInfo& info) {
  for (const char* prefix : {"", "scipy_"}) {
    for (const char* suffix : {"_", "_64_", "64_", ""}) {
      if (library.Find(std::string(prefix) + "dgemm" + suffix) == nullptr) {
        continue;
      }
      info.prefix = prefix;
      info.suffix = suffix;
      return;
    }
  }
  throw std::runtime_error("has no dgemm: it is no BLAS");
}

/// The call that sets, and the one that tells, the threads of a family; both
/// may be missing.
struct ThreadCalls {
  std::string set;
  std::string get;
};

ThreadCalls ThreadCallsOf(const BlasInfo& info) {
  if (info.family == "openblas") {
    return {OpenBlasName(info, "openblas_set_num_threads"),
            OpenBlasName(info, "openblas_get_num_threads")};
  }
  if (info.family == "mkl") {
    return {"MKL_Set_Num_Threads", "MKL_Get_Max_Threads"};
  }
  if (info.family == "blis") {
    return {"bli_thread_set_num_threads", "bli_thread_get_num_threads"};
  }
  if (info.family == "flexiblas") {
    return {"flexiblas_set_num_threads", "flexiblas_get_num_threads"};
  }
  if (info.family == "nvpl") {
    return {"nvpl_blas_set_num_threads", "nvpl_blas_get_max_threads"};
  }
  if (info.family == "armpl") {
    return {"armpl_set_num_threads", "armpl_get_num_threads"};
  }
  return {};
}

}  // namespace

BlasInfo Identify(const SharedLibrary& library) {
  BlasInfo info;
  FindAffixes(library, info);
  info.family = FamilyOf(library, info);
  if (info.family == "openblas") IdentifyOpenBlas(library, info);
  if (info.family == "blis") IdentifyBlis(library, info);
  if (info.family == "mkl") IdentifyMkl(library, info);
  if (info.family == "flexiblas") IdentifyFlexiBlas(library, info);
  if (info.family == "atlas") info.threading = "none";
  info.longest_spin_ns = LongestSpinNs(info);
  return info;
}

void SetThreads(const SharedLibrary& library, const BlasInfo& info,
                int threads) {
  const ThreadCalls calls = ThreadCallsOf(info);
  if (calls.set.empty()) return;
  // BLIS takes 64 bits, the others an int: the same register holds both.
  using Setter = void (*)(std::int64_t);
  if (const auto set = library.Get<Setter>(calls.set)) set(threads);
  // Nor may MKL run fewer where it thinks that better.
  using Dynamic = void (*)(int);
  if (const auto dynamic = library.Get<Dynamic>("MKL_Set_Dynamic")) dynamic(0);
}

void SetThreadsOfCaller(const SharedLibrary& library, const BlasInfo& info,
                        int threads) {
  // BLIS takes 64 bits, the others an int, as above.
  using Setter = void (*)(std::int64_t);
  const auto tell = [&](const std::string& call) {
    if (const auto set = library.Get<Setter>(call)) set(threads);
  };
  if (info.family == "mkl") tell("MKL_Set_Num_Threads_Local");
  // BLIS's call is for the caller alone from 1.0 on.
  if (info.family == "blis") tell("bli_thread_set_num_threads");
  if (info.threading != "openmp") return;
  if (info.family == "openblas") {
    tell(OpenBlasName(info, "openblas_set_num_threads_local"));
  }
  tell("omp_set_num_threads");
}

std::uint64_t AskThreads(const SharedLibrary& library, const BlasInfo& info) {
  const ThreadCalls calls = ThreadCallsOf(info);
  if (calls.get.empty()) return 0;
  const auto get = library.Get<IntGetter>(calls.get);
  const int threads = get == nullptr ? 0 : get();
  return threads > 0 ? static_cast<std::uint64_t>(threads) : 0;
}

int ProbeIntegerBits(const SharedLibrary& library, const SharedLibrary* lapack,
                     const BlasInfo& info) {
  const auto named = [&info](const char* routine) {
    return info.prefix + routine + info.suffix;
  };
  // A library of 32-bit integers writes half of each, so that what was -1 stays
  // negative.
  using Version = void (*)(std::int64_t*, std::int64_t*, std::int64_t*);
  for (const SharedLibrary* const one : {&library, lapack}) {
    if (one == nullptr) continue;
    if (const auto version = one->Get<Version>(named("ilaver"))) {
      std::array<std::int64_t, 3> parts{-1, -1, -1};
      version(parts.data(), &parts[1], &parts[2]);
      return parts[0] > 0 ? 64 : 32;
    }
  }
  // As 32 bits this n is 3, as 64 bits it is negative, for which it finds none.
  using Largest =
      std::int64_t (*)(const std::int64_t*, const float*, const std::int64_t*);
  if (const auto largest = library.Get<Largest>(named("isamax"))) {
    constexpr auto kOrder = static_cast<std::int64_t>(0xffffffff00000003U);
    constexpr std::array<float, 3> kValues{1, 2, 1};
    constexpr std::int64_t kStep = 1;
    const std::int64_t found = largest(&kOrder, kValues.data(), &kStep);
    return (found & 0xffffffff) == 0 ? 64 : 32;
  }
  return info.suffix == "_" || info.suffix.empty() ? 32 : 64;
}

}  // namespace hybrid
