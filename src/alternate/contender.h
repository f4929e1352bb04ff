#ifndef HYBRID_ALTERNATE_CONTENDER_H_
#define HYBRID_ALTERNATE_CONTENDER_H_

#include <stdexcept>
#include <string>
#include <vector>

namespace hybrid {

/// Two programs can't be measured in turn; what() is one line that names the
/// program, the flag or the file.
class AlternationError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One of two programs that are measured in turn.
struct Contender {
  std::string executable;          ///< the path of a `bench`
  std::vector<std::string> flags;  ///< what it is told, each time
};

/// Throws AlternationError for a flag that whoever measures in turn has to set:
/// where results go, how often is measured, what is left out.
void CheckFlags(const std::vector<std::string>& flags);

/// The names of the benchmarks that it would run. Throws AlternationError for
/// what is no `bench`, can't be started, or refuses its flags.
std::vector<std::string> ListBenchmarks(const Contender& contender);

/// What of a round is not the same each time.
struct RoundSpec {
  std::vector<std::string> names{};  ///< of the benchmarks to run; empty: all
  std::string csv{};  ///< the file to be written, which must not exist
};

/// Has it measure each benchmark once, with workers launched anew, and neither
/// ceilings nor kernels, which pairs don't need. What it prints goes nowhere.
/// Throws AlternationError if it ends without having written results, with the
/// last line that it said.
void RunRound(const Contender& contender, const RoundSpec& spec);

}  // namespace hybrid

#endif  // HYBRID_ALTERNATE_CONTENDER_H_
