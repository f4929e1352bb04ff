#ifndef HYBRID_KEY_KEY_H_
#define HYBRID_KEY_KEY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hybrid {

/// What is done to a task's operands. kNone neither loads nor operates: what
/// is left is the harness's own cost.
enum class Operation : std::uint32_t { kGemm, kNone };

/// Where a task's operands come from: made in every task (kFresh), made once
/// before the gate in an arena that all workers share (kResident), or one pair
/// that each worker reuses (kHot, the upper bound).
enum class Data : std::uint32_t { kFresh, kResident, kHot };

/// Where a task's product goes: over the worker's previous one (kNone), or to
/// the task's own slot in an arena that the parent can read (kShared).
enum class Collect : std::uint32_t { kNone, kShared };

/// Whether each worker is bound to physical cores of its own. kAuto binds
/// exactly where workers × blas_threads fit the usable cores.
enum class Pin : std::uint32_t { kAuto, kCores, kNone };

std::string_view Name(Operation operation);
std::string_view Name(Data data);
std::string_view Name(Collect collect);
std::string_view Name(Pin pin);

/// The value called `name`, or nothing.
std::optional<Operation> OperationByName(std::string_view name);
std::optional<Data> DataByName(std::string_view name);
std::optional<Collect> CollectByName(std::string_view name);
std::optional<Pin> PinByName(std::string_view name);

/// The values of Config::kernels that name no sub-configuration.
inline constexpr std::string_view kBestKernels = "best";
inline constexpr std::string_view kLibraryKernels = "library";

/// One point of the sweep: everything that decides what is measured.
struct Config {
  std::string family = "Hybrid";
  Operation operation = Operation::kGemm;
  Data data = Data::kFresh;
  Collect collect = Collect::kNone;
  Pin pin = Pin::kAuto;
  /// `best` (the fastest at this n and blas_threads), `library` (BLIS's own
  /// choice), or a BLIS sub-configuration.
  std::string kernels = std::string(kLibraryKernels);
  std::uint64_t n = 0;      ///< operands are n × n
  std::uint64_t batch = 0;  ///< tasks of a batch
  std::uint32_t workers = 1;
  std::uint32_t blas_threads = 1;
  std::uint64_t seed = 0;

  bool operator==(const Config&) const = default;
};

/// Floating-point operations of one task: 2n³ for gemm (Golub & Van Loan,
/// Matrix Computations, 1.1.11), 0 for kNone.
double FlopsPerTask(Operation operation, std::uint64_t n);

/// `gemm n=256 batch=64 2×1`, with data and collect where they are not the
/// default: how messages name a configuration.
std::string Describe(const Config& config);

/// More BLAS threads in all than `usable_cores`.
bool IsOversubscribed(const Config& config, int usable_cores);

}  // namespace hybrid

#endif  // HYBRID_KEY_KEY_H_
