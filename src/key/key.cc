#include "key/key.h"

#include <fmt/format.h>

#include <array>
#include <span>
#include <utility>

namespace hybrid {
namespace {

template <typename Enum>
using Names = std::span<const std::pair<Enum, std::string_view>>;

constexpr std::array<std::pair<Operation, std::string_view>, 2> kOperations{
    {{Operation::kGemm, "gemm"}, {Operation::kNone, "none"}}};
constexpr std::array<std::pair<Data, std::string_view>, 3> kData{
    {{Data::kFresh, "fresh"},
     {Data::kResident, "resident"},
     {Data::kHot, "hot"}}};
constexpr std::array<std::pair<Collect, std::string_view>, 2> kCollect{
    {{Collect::kNone, "none"}, {Collect::kShared, "shared"}}};
constexpr std::array<std::pair<Pin, std::string_view>, 3> kPin{
    {{Pin::kAuto, "auto"}, {Pin::kCores, "cores"}, {Pin::kNone, "none"}}};

template <typename Enum>
std::string_view NameIn(Names<Enum> names, Enum value) {
  for (const auto& [candidate, name] : names) {
    if (candidate == value) return name;
  }
  return "?";
}

template <typename Enum>
std::optional<Enum> ValueIn(Names<Enum> names, std::string_view wanted) {
  for (const auto& [value, name] : names) {
    if (name == wanted) return value;
  }
  return std::nullopt;
}

}  // namespace

std::string_view Name(Operation operation) {
  return NameIn<Operation>(kOperations, operation);
}
std::string_view Name(Data data) { return NameIn<Data>(kData, data); }
std::string_view Name(Collect collect) {
  return NameIn<Collect>(kCollect, collect);
}
std::string_view Name(Pin pin) { return NameIn<Pin>(kPin, pin); }

std::optional<Operation> OperationByName(std::string_view name) {
  return ValueIn<Operation>(kOperations, name);
}
std::optional<Data> DataByName(std::string_view name) {
  return ValueIn<Data>(kData, name);
}
std::optional<Collect> CollectByName(std::string_view name) {
  return ValueIn<Collect>(kCollect, name);
}
std::optional<Pin> PinByName(std::string_view name) {
  return ValueIn<Pin>(kPin, name);
}

double FlopsPerTask(Operation operation, std::uint64_t n) {
  if (operation == Operation::kNone) return 0;
  const double order = static_cast<double>(n);
  return 2 * order * order * order;
}

std::string Describe(const Config& config) {
  std::string text =
      fmt::format("{} n={} batch={} {}×{}", Name(config.operation), config.n,
                  config.batch, config.workers, config.blas_threads);
  if (config.data != Data::kFresh) {
    text += fmt::format(" data={}", Name(config.data));
  }
  if (config.collect != Collect::kNone) {
    text += fmt::format(" collect={}", Name(config.collect));
  }
  if (config.kernels != kBestKernels && config.kernels != kLibraryKernels) {
    text += fmt::format(" kernels={}", config.kernels);
  }
  return text;
}

bool IsOversubscribed(const Config& config, int usable_cores) {
  return std::uint64_t{config.workers} * config.blas_threads >
         static_cast<std::uint64_t>(usable_cores);
}

}  // namespace hybrid
