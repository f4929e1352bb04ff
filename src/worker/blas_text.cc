#include "worker/blas_text.h"

#include <fmt/format.h>

#include "base/json.h"
#include "base/json_text.h"
#include "blas/library_table.h"

namespace hybrid {
namespace {

const std::string& OrUnknown(const std::string& text) {
  static const std::string unknown = "unknown";
  return text.empty() ? unknown : text;
}

/// threadpoolctl's word for it.
std::string ThreadingLayer(const BlasInfo& info) {
  if (info.threading == "none") return "disabled";
  return info.threading == "pthread" ? "pthreads" : OrUnknown(info.threading);
}

}  // namespace

std::string BlasText(const LoadedBlas& blas) {
  const BlasInfo& info = blas.info();
  const std::uint64_t threads = blas.threads();
  return fmt::format(
      "library    {} {}\nthreading  {}{}\nintegers   {} bits ({})\n"
      "kernels    {}\nfile       {}\nlapack     {}\n",
      FamilyNamed(info.family).title, OrUnknown(info.version),
      OrUnknown(info.threading),
      threads == 0 ? "" : fmt::format(", {} threads of 2 asked for", threads),
      info.integer_bits, info.integer_bits == 64 ? "ILP64" : "LP64",
      OrUnknown(info.kernels), info.file,
      !info.lapack.empty()         ? info.lapack
      : blas.calls().has("dgesdd") ? std::string("in the library")
                                   : std::string("none"));
}

std::string BlasJson(const LoadedBlas& blas) {
  const BlasInfo& info = blas.info();
  JsonObject library;
  library["user_api"] = "blas";
  library["internal_api"] = info.family;
  library["num_threads"] = blas.threads();
  library["prefix"] = info.prefix + "lib" + info.family;
  library["filepath"] = info.file;
  library["version"] = info.version;
  library["threading_layer"] = ThreadingLayer(info);
  library["architecture"] = info.kernels;
  library["lapack"] = info.lapack;
  library["has_lapack"] = blas.calls().has("dgesdd");
  library["integer_bits"] = info.integer_bits;
  library["symbol_suffix"] = info.suffix;
  JsonArray all;
  all.push_back(std::move(library));
  return JsonText(all) + "\n";
}

}  // namespace hybrid
