#include <fmt/format.h>

#include <cstddef>
#include <exception>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/standard_streams.h"
#include "base/version.h"
#include "protocol/worker_arguments.h"
#include "worker/describe_blas.h"
#include "worker/worker.h"

namespace {

constexpr std::string_view kHelp =
    R"(One of the worker processes of bench, which starts it and tells it what to do.

Usage: hybrid-worker FLAG
  --help, -h                     print this and exit
  --version                      print what this was built of and exit
  --describe_blas=NAME|PATH      load this library and say what it is; system
                                 is what libblas.so.3 is
  --describe_blas_json=NAME|PATH the same as JSON, in threadpoolctl's fields

Examples:
  hybrid-worker --describe_blas=blis
  hybrid-worker --describe_blas=/usr/lib/x86_64-linux-gnu/libblas.so.3
  OPENBLAS_CORETYPE=HASWELL hybrid-worker --describe_blas_json=openblas-pthread

Exit status:
  0               done
  1               it failed, and said why
  2               it was not started by bench
)";

constexpr std::string_view kDescribe = "--describe_blas=";
constexpr std::string_view kDescribeJson = "--describe_blas_json=";

/// What is behind `flag` if `argument` begins with it.
std::optional<std::string> ValueOf(std::string_view flag,
                                   std::string_view argument) {
  if (!argument.starts_with(flag)) return std::nullopt;
  return std::string(argument.substr(flag.size()));
}

/// Carries out a flag that is not bench's, and returns the exit status. Nothing
/// if it is none of these.
std::optional<int> Inform(std::span<char* const> arguments) {
  const std::string_view flag = arguments.empty() ? "" : arguments[0];
  if (flag == hybrid::kListKernels) {
    hybrid::ListKernels(hybrid::ParseBlasArguments(arguments.subspan(1)));
    return 0;
  }
  if (arguments.size() != 1) return std::nullopt;
  if (flag == "--help" || flag == "-h") {
    hybrid::PrintOutput(kHelp);
    return 0;
  }
  if (flag == "--version") {
    hybrid::PrintOutput(hybrid::VersionLine("hybrid-worker"));
    return 0;
  }
  for (const bool as_json : {false, true}) {
    if (const auto blas = ValueOf(as_json ? kDescribeJson : kDescribe, flag)) {
      return hybrid::DescribeBlas(*blas, as_json);
    }
    if (const auto blas =
            ValueOf(as_json ? hybrid::kDescribeHereJson : hybrid::kDescribeHere,
                    flag)) {
      return hybrid::DescribeBlasHere(*blas, as_json);
    }
  }
  return std::nullopt;
}

}  // namespace

int main(int argc, char** argv) try {
  const std::span<char* const> arguments(
      argv + 1, static_cast<std::size_t>(argc > 0 ? argc - 1 : 0));
  if (const auto status = Inform(arguments)) return *status;
  return hybrid::RunWorker(hybrid::ParseWorkerArguments(arguments));
} catch (const std::invalid_argument& error) {
  hybrid::PrintError(fmt::format(
      "hybrid-worker: {}; this program is started by bench, which gives it its "
      "arguments\n",
      error.what()));
  return 2;
} catch (const std::exception& error) {
  hybrid::PrintError(fmt::format("hybrid-worker: {}\n", error.what()));
  return 1;
}
